// The page of the suite `checks`: structured output beside the peers, and a session with and without a guard.

import { readers } from './checks/json.mjs';
import { SCHEMA, list, pieces } from './checks/list.mjs';
import { RULES } from './checks/rules.mjs';
import { interleaved, settled } from './rounds.mjs';
import { FORMATS, chunks, stream } from './streams.mjs';

// Number of passes in which each call is timed by itself.
const PASSES = 3;
// What the peers are asked to read in all, in units: ten times that would take minutes.
const FEASIBLE = 1e9;
// Units.
const FIRST_PIECE = 1024;

let wasm;
let schema;
let guarding;

/**
 * Loads our build; gives the milliseconds of the longest step in which the page makes ready a schema, the first answer by it and
 * fifty rules, while everything is cold, as it is in a page whose first answer is checked.
 */
async function load() {
  wasm = await import('/wasm/checks/decoders.js');
  await wasm.default();
  let step = 0;
  const warmMs = longest(() => wasm.JsonSchema.warm_up(step++));
  const schemaMs = timed(() => (schema = new wasm.JsonSchema(SCHEMA)));
  let tree;
  const treeMs = timed(() => (tree = schema.tree()));
  const [piece] = pieces(list(FIRST_PIECE), FIRST_PIECE);
  const firstMs = timed(() => tree.push(piece));
  tree.free();
  guarding = new wasm.Guarding(RULES);
  const rulesMs = longest(() => guarding.make_next());
  const guardMs = timed(() => guarding.answer().free());
  return { schemaMs: Math.max(warmMs, schemaMs, treeMs), firstMs, rulesMs: Math.max(rulesMs, guardMs) };
}

/** The milliseconds of the longest step, up to the one that says that it was the last. */
function longest(step) {
  let most = 0;
  for (let hasMore = true; hasMore; ) most = Math.max(most, timed(() => (hasMore = step())));
  return most;
}

/** A list of `size` bytes in pieces of `pieceSize`: milliseconds by reader, and the longest call. */
async function json({ size, pieceSize, rounds }) {
  const text = list(size);
  const input = pieces(text, pieceSize);
  const isFeasible = (text.length * input.length) / 2 <= FEASIBLE;
  const taking = readers(wasm, schema).filter(({ isQuadratic }) => isFeasible || !isQuadratic);
  const running = taking.map(({ name, begin }) => ({
    name,
    prepare: begin,
    run(input, reader) {
      for (const piece of input) reader.push(piece);
      reader.finish?.();
      return reader;
    },
    text: (reader) => reader.last(),
  }));
  const results = await interleaved(running, input, rounds, text);
  for (const { name, begin } of taking) {
    if (!results[name].wrong) results[name].calls = await calls(begin, input, results[name].hopeless ? 1 : PASSES);
  }
  return { pieces: input.length, bytes: new TextEncoder().encode(text).length, results };
}

/** Sessions over a stream of Chat Completions; `chunkSize` null for an event a chunk. */
async function guard({ size, chunkSize, rounds }) {
  const { parts, bytes, text } = stream('chat', size);
  const input = chunkSize ? chunks(bytes, chunkSize) : parts.map((part) => new TextEncoder().encode(part));
  const { Answer, Tokenfall } = wasm;
  const sessions = {
    'session, never told of guards': () => Answer.plain(),
    'session without rules': () => Answer.unguarded(),
    'session with 50 rules': () => guarding.answer(),
  };
  const read = (answer) => {
    const { text } = answer;
    answer.free();
    return text;
  };
  const candidate = (name, prepare) => ({
    name,
    prepare,
    run(input, answer) {
      for (const chunk of input) answer.feed(chunk);
      answer.end?.();
      return answer;
    },
    text: read,
  });
  const running = Object.entries(sessions).map(([name, begin]) => candidate(name, begin));
  const decoder = () => new Tokenfall(FORMATS.chat.dialect, false);
  running.push(candidate('decoder and mapper alone (as in decode)', decoder));
  const results = await interleaved(running, input, rounds, text);
  for (const [name, begin] of Object.entries(sessions)) {
    const watched = () => {
      const answer = begin();
      return { push: (chunk) => answer.feed(chunk), finish: () => answer.end(), last: () => read(answer) };
    };
    if (!results[name].wrong) results[name].calls = await calls(watched, input, PASSES);
  }
  return { events: parts.length, results };
}

/**
 * The longest call and that of the end, in milliseconds. Of each call the least of all passes counts: it does the same work in
 * each, and what other processes take from it comes at another place each time.
 */
async function calls(begin, input, passes) {
  const least = new Float64Array(input.length).fill(Infinity);
  let finish = Infinity;
  for (let pass = 0; pass < passes; pass += 1) {
    const reader = begin();
    await settled();
    input.forEach((piece, at) => {
      least[at] = Math.min(least[at], timed(() => reader.push(piece)));
    });
    if (reader.finish) finish = Math.min(finish, timed(() => reader.finish()));
    reader.last();
  }
  return { longest: least.reduce((longest, ms) => Math.max(longest, ms), 0), finish };
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

globalThis.checksBench = { load, json, guard };
