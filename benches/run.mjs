// `cargo xtask bench [suite] [options]` ends here: node benches/run.mjs [suite] [options]. Without a suite, or with
// `all`, all of them run.

import { checks } from './harness/checks.mjs';
import { decode } from './harness/decode.mjs';
import { lighthouse } from './harness/lighthouse.mjs';
import { page } from './harness/page.mjs';
import { render } from './harness/render.mjs';

const SUITES = { decode, checks, render, page, lighthouse };

const words = process.argv.slice(2);
const named = words[0] && !words[0].startsWith('--') ? words.shift() : 'all';
const suites = named === 'all' ? Object.keys(SUITES) : [named];
if (!(suites[0] in SUITES)) {
  console.error(`no suite named ${named}; there are: all, ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}
for (const suite of suites) {
  if (suites.length > 1) console.log(`## ${suite}\n`);
  process.exitCode ||= await SUITES[suite](options(words));
  if (suites.length > 1) console.log('');
}

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
