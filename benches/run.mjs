// `cargo xtask bench [suite] [options]` ends here: node benches/run.mjs [suite] [options]. Without a suite all run.

import { decode } from './harness/decode.mjs';
import { render } from './harness/render.mjs';

const SUITES = { decode, render };

const words = process.argv.slice(2);
const suites = words[0] && !words[0].startsWith('--') ? [words.shift()] : Object.keys(SUITES);
if (!(suites[0] in SUITES)) {
  console.error(`no suite named ${suites[0]}; there are: ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}
for (const suite of suites) process.exitCode ||= await SUITES[suite](options(words));

/** `--name value` pairs as an object; an option without a value is true. */
function options(words) {
  const found = {};
  words.forEach((word, at) => {
    if (!word.startsWith('--')) return;
    const value = words[at + 1];
    found[word.slice(2)] = value === undefined || value.startsWith('--') ? true : value;
  });
  return found;
}
