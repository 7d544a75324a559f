// The page's own renderer: sink, frame loop and stylesheets as it uses them.

import load, { Answer } from '/wasm/renderer/renderer.js';

let wasm;
let answer;

export default {
  name: 'tokenfall',
  isOurs: true,
  async prepare() {
    wasm = await load();
  },
  mount(root) {
    answer = new Answer(root);
  },
  append(delta) {
    answer.append(delta);
  },
  end() {
    answer.end();
  },
  memory: () => wasm.memory.buffer.byteLength,
};
