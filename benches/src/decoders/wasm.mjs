// The decoders in wasm: ours in each build that was made, and the Rust peers.
//
// `prepare` runs before the clock starts, `text` after it stopped; `run` is what is measured.

import { readable } from './js.mjs';

/** Ours, from `/wasm/<build>/`: the page's way, and with the chunks in wasm memory already, as the crates have them. */
export async function ours(build, label) {
  const { Tokenfall } = await module(build);
  const fresh = ({ dialect, framing }) => new Tokenfall(dialect, framing === 'lines');
  const text = finished;
  return [
    {
      name: label,
      prepare: fresh,
      run({ chunks, messages }, decoder) {
        if (messages) for (const message of messages) decoder.message(message);
        else for (const chunk of chunks) decoder.feed(chunk);
        return decoder;
      },
      text,
    },
    {
      name: `${label}, no JS border`,
      ownChunks: true,
      framings: ['events', 'lines'],
      aside: true,
      prepare(input) {
        const decoder = fresh(input);
        decoder.load(input.bytes);
        return decoder;
      },
      run({ chunkSize }, decoder) {
        decoder.run(chunkSize);
        return decoder;
      },
      text,
    },
    {
      name: `${label}, from a ReadableStream`,
      framings: ['events', 'lines'],
      aside: true,
      prepare: fresh,
      run: ({ chunks }, decoder) => decoder.pump(readable(chunks)),
      text,
    },
  ];
}

/** The crates, from `/wasm/peers/`. */
export async function peers() {
  const { Fed, Peer } = await module('peers');
  const crate = (name, run) => ({
    name,
    framings: ['events'],
    ownChunks: true,
    prepare: ({ dialect, bytes }) => new Peer(dialect, bytes),
    run({ chunkSize }, peer) {
      run(peer, chunkSize);
      return peer;
    },
    text: finished,
  });
  return [
    crate('sseer', (peer, chunkSize) => peer.run_sseer(chunkSize)),
    crate('sse-stream', (peer, chunkSize) => peer.run_sse_stream(chunkSize)),
    {
      name: 'sse-stream, chunks from JS',
      framings: ['events'],
      prepare: ({ dialect }) => new Fed(dialect),
      run({ chunks }, fed) {
        for (const chunk of chunks) fed.feed(chunk);
        return fed;
      },
      text: finished,
    },
  ];
}

/** Reading a stream and doing nothing with it: what no decoder that is fed by one can be faster than. */
export const READ_LOOP = {
  name: '(ReadableStream, read only)',
  framings: ['events', 'lines'],
  aside: true,
  readsNothing: true,
  async run({ chunks }) {
    const reader = readable(chunks).getReader();
    for (;;) {
      const { done } = await reader.read();
      if (done) return '';
    }
  },
};

function finished(decoder) {
  const { text } = decoder;
  decoder.free();
  return text;
}

async function module(build) {
  const exports = await import(`/wasm/${build}/decoders.js`);
  await exports.default();
  return exports;
}
