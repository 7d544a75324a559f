// `cargo xtask bench <suite> [options]` ends here: node benches/run.mjs <suite> [options]

import { decode } from './harness/decode.mjs';

const SUITES = { decode };

const [suite, ...words] = process.argv.slice(2);
if (!(suite in SUITES)) {
  console.error(`no suite named ${suite ?? '(nothing)'}; there are: ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}
process.exitCode = await SUITES[suite](options(words));

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
