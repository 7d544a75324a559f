// The page's own program as a renderer: what all ways to give it text have in common.

import load from '/wasm/renderer/renderer.js';

export const program = (begin, append) => {
  let wasm;
  let shown;
  return {
    name: 'tokenfall',
    isOurs: true,
    async prepare() {
      wasm = await load();
    },
    mount(root) {
      shown = begin(root);
    },
    append(piece) {
      append(shown, piece);
    },
    end() {
      shown.end();
    },
    memory: () => wasm.memory.buffer.byteLength,
  };
};
