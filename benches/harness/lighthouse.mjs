// The suite `lighthouse`: our page as a static host gives it, in both of Lighthouse's presets.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as chromeLauncher from 'chrome-launcher';
import audit, { desktopConfig } from 'lighthouse';
import { CHROMIUM } from './browser.mjs';
import { BENCHES } from './build.mjs';
import { host } from './host.mjs';
import { median, table } from './report.mjs';

const GOAL = 98;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const PRESETS = { mobile: undefined, desktop: desktopConfig };
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

const HELP = `cargo xtask bench lighthouse [options]
  --rounds 5               runs of each preset; the median of each category counts
  --only mobile,desktop    presets
  --strict                 exit 1 if a category is under ${GOAL}
The page is served with gzip and its own tokenfall.json, as it is deployed.`;

/** Runs the suite, prints the tables; the exit code. */
export async function lighthouse(options) {
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const runs = Number(options.rounds ?? 5);
  const presets = options.only ? String(options.only).split(',') : Object.keys(PRESETS);
  const unknown = presets.filter((name) => !(name in PRESETS));
  if (unknown.length > 0) throw new Error(`no preset named ${unknown}; there are: ${Object.keys(PRESETS)}`);
  const site = await host(process.env.TOKENFALL_DIST);
  try {
    const found = Object.fromEntries(presets.map((preset) => [preset, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const preset of presets) {
        process.stderr.write(`lighthouse: run ${run + 1}, ${preset}\n`);
        found[preset].push(await one(`${site.address}/`, PRESETS[preset]));
      }
    }
    console.log(surroundings(runs));
    console.log(scores(found));
    const below = hints(found);
    if (below.length > 0) console.log(`\n${table(['not perfect in the last run, with weight', 'score', 'of'], below)}`);
    const verdicts = presets.flatMap((preset) =>
      CATEGORIES.map((category) => {
        const score = median(found[preset].map(({ categories }) => categories[category]));
        return [`${preset}: ${category}`, `>= ${GOAL}`, score, score >= GOAL ? 'reached' : 'missed'];
      }),
    );
    console.log(`\n${table(['goal', 'to reach', 'measured', ''], verdicts)}`);
    return options.strict && verdicts.some((verdict) => verdict.at(-1) === 'missed') ? 1 : 0;
  } finally {
    site.close();
  }
}

/** One run in a fresh browser. */
async function one(address, config) {
  const chrome = await chromeLauncher.launch({ chromePath: CHROMIUM, chromeFlags: FLAGS, logLevel: 'error' });
  try {
    const { lhr } = await audit(address, { port: chrome.port, logLevel: 'error', output: 'json' }, config);
    if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
    const { audits } = lhr;
    const categories = CATEGORIES.map((id) => {
      const { score } = lhr.categories[id];
      if (score === null) throw new Error(`Lighthouse gave no score for ${id}`);
      return [id, Math.round(100 * score)];
    });
    const refs = CATEGORIES.flatMap((id) => lhr.categories[id].auditRefs.map((ref) => ({ ...ref, category: id })));
    return {
      categories: Object.fromEntries(categories),
      paint: audits['first-contentful-paint'].numericValue,
      largest: audits['largest-contentful-paint'].numericValue,
      blocked: audits['total-blocking-time'].numericValue,
      shift: audits['cumulative-layout-shift'].numericValue,
      bytes: audits['total-byte-weight'].numericValue,
      imperfect: refs
        .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
        .map(({ id, category }) => [`${audits[id].title} (${id})`, audits[id].score.toFixed(2), category]),
    };
  } finally {
    await chrome.kill();
  }
}

function scores(found) {
  const line = ([preset, runs]) => {
    const of = (key) => median(runs.map((run) => run[key]));
    const seconds = (key) => (of(key) / 1000).toFixed(2);
    const points = CATEGORIES.map((id) => {
      const all = runs.map(({ categories }) => categories[id]);
      const [low, high] = [Math.min(...all), Math.max(...all)];
      return low === high ? median(all) : `${median(all)} (${low} to ${high})`;
    });
    const rest = [seconds('paint'), seconds('largest'), of('blocked').toFixed(0), of('shift').toFixed(3)];
    return [preset, ...points, ...rest, (of('bytes') / 1024).toFixed(0)];
  };
  const head = ['preset', ...CATEGORIES, 'first paint, s', 'largest, s', 'blocked, ms', 'CLS', 'KB'];
  return table(head, Object.entries(found).map(line));
}

function hints(found) {
  return Object.entries(found).flatMap(([preset, runs]) =>
    runs.at(-1).imperfect.map(([title, score, category]) => [`${preset}: ${title}`, score, category]),
  );
}

function surroundings(runs) {
  const lock = JSON.parse(fs.readFileSync(path.join(BENCHES, 'package-lock.json'), 'utf8')).packages;
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  const day = new Date().toISOString().slice(0, 10);
  const { version } = lock['node_modules/lighthouse'];
  return `${day}; Lighthouse ${version}; ${os.cpus().length} x ${os.cpus()[0].model}, load ${load}; medians of ${runs} runs.\n`;
}
