// Bytes of a response to nodes, as the page does it: session, turn, renderer, sink, frame loop.

import load, { Stream } from '/wasm/renderer/renderer.js';

let wasm;
let stream;

export default {
  name: 'tokenfall',
  isOurs: true,
  async prepare() {
    wasm = await load();
  },
  mount(root) {
    stream = new Stream(root, 'chat-completions');
  },
  append(chunk) {
    stream.feed(chunk);
  },
  end() {
    stream.end();
  },
  memory: () => wasm.memory.buffer.byteLength,
};
