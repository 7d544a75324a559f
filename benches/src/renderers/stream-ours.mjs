// Bytes of a response to nodes, as the page does it: session, turn, renderer, sink, frame loop.

import { Stream } from '/wasm/renderer/renderer.js';
import { program } from './program.mjs';

export default program(
  root => new Stream(root, 'chat-completions'),
  (stream, chunk) => stream.feed(chunk),
);
