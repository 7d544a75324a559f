// The page of the decode suite: all candidates in one page, one after the other within each round.

import { JS_DECODERS } from './decoders/js.mjs';
import { READ_LOOP, ours, peers } from './decoders/wasm.mjs';
import { interleaved } from './rounds.mjs';
import { FORMATS, chunks, stream } from './streams.mjs';

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
  const results = await interleaved(running, input, rounds, text);
  return { bytes: bytes.length, events: parts.length, results };
}

globalThis.decodeBench = { load, run };
