// The page's own renderer: sink, frame loop and stylesheets as it uses them.

import { Answer } from '/wasm/renderer/renderer.js';
import { program } from './program.mjs';

export default program(root => new Answer(root), (answer, delta) => answer.append(delta));
