// The page's own program as a renderer: what all ways to give it text have in common. `build` says which one it is: ours,
// or that of the checkout before.

export const program = (build, name, begin, append) => {
  let wasm;
  let made;
  let shown;
  return {
    name,
    stylesheet: `/${build}.css`,
    async prepare() {
      made = await import(`/wasm/${build}/renderer.js`);
      wasm = await made.default();
    },
    mount(root) {
      shown = begin(made, root);
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

/** Text to nodes, with the page's sink, frame loop and stylesheets. */
export const answer = (build, name) =>
  program(build, name, ({ Answer }, root) => new Answer(root), (shown, delta) => shown.append(delta));

/** Bytes of a response to nodes, as the page does it: session, turn, renderer, sink, frame loop. */
export const stream = (build, name) =>
  program(build, name, ({ Stream }, root) => new Stream(root, 'chat-completions'), (shown, chunk) => shown.feed(chunk));
