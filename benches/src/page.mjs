// The page of the decode suite: all candidates in one page, one after the other within each round.

import { JS_DECODERS } from './decoders/js.mjs';
import { READ_LOOP, ours, peers } from './decoders/wasm.mjs';
import { FORMATS, chunks, stream } from './streams.mjs';

// The engines compile in tiers: what a fresh page decodes first is slower for everyone.
const WARM_UP = 3;

// Milliseconds. Who needs longer is quadratic, and one measurement says it all.
const HOPELESS = 2000;

let candidates = [];

/** Loads our builds (`[{ build, label }]`) and everything they are compared with. */
async function load(builds) {
  const loaded = await Promise.all(builds.map(({ build, label }) => ours(build, label)));
  candidates = [...loaded.flat(), ...JS_DECODERS, ...(await peers()), READ_LOOP];
  return candidates.map(({ name, aside }) => ({ name, aside: Boolean(aside) }));
}

/** Milliseconds of each candidate in each round, by name; `wrong` for one whose text is not the expected one. */
async function run({ format, size, chunkSize, rounds, only }) {
  const { parts, bytes, text } = stream(format, size);
  const { dialect, framing } = FORMATS[format];
  // Without a size each event comes as a chunk of its own.
  const pieces = chunkSize ? chunks(bytes, chunkSize) : parts.map((part) => new TextEncoder().encode(part));
  const input = { bytes, chunks: pieces, chunkSize, dialect, framing };
  if (framing === 'messages') input.messages = parts;
  const wanted = new RegExp(only);
  const fits = ({ formats, framings }) => (!formats || formats.includes(format)) && (!framings || framings.includes(framing));
  // What has its chunks in wasm memory already has them of one size.
  const takes = ({ ownChunks }) => chunkSize || !ownChunks;
  const running = candidates.filter((candidate) => fits(candidate) && takes(candidate) && wanted.test(candidate.name));
  const results = Object.fromEntries(running.map(({ name }) => [name, { ms: [], wrong: null, hopeless: false }]));
  for (let round = -WARM_UP; round < rounds; round += 1) {
    // Rotated, so that nobody always runs behind the same neighbour.
    for (let at = 0; at < running.length; at += 1) {
      const candidate = running[(at + round + WARM_UP) % running.length];
      const result = results[candidate.name];
      if (result.wrong || result.hopeless) continue;
      const { ms, found } = await measure(candidate, input);
      if (!candidate.readsNothing && found !== text) result.wrong = difference(found, text);
      result.hopeless = ms > HOPELESS && !candidate.aside;
      if (round >= 0 || result.hopeless) result.ms.push(ms);
    }
  }
  return { bytes: bytes.length, events: parts.length, results };
}

async function measure(candidate, input) {
  const prepared = candidate.prepare?.(input);
  // Each pays for its own garbage only.
  globalThis.gc?.();
  await new Promise((resume) => setTimeout(resume, 0));
  const start = performance.now();
  let result = candidate.run(input, prepared);
  if (result instanceof Promise) result = await result;
  const ms = performance.now() - start;
  return { ms, found: candidate.text ? candidate.text(result) : result };
}

function difference(found, expected) {
  let at = 0;
  while (at < found.length && found[at] === expected[at]) at += 1;
  return `${found.length} of ${expected.length} units, different from ${at}`;
}

globalThis.decodeBench = { load, run };
