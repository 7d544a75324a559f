// The suite `render`: text to nodes on the screen, ours beside the peers, as tables with the goals.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BEFORE as OTHER, BENCHES, buildRenderers } from './build.mjs';
import { open, withBrowser } from './browser.mjs';
import {
  BEFORE,
  CANDIDATES,
  CELLS,
  GOALS,
  NOOP,
  NOT_WORSE,
  OURS,
  PER_FRAME,
  PIPELINE,
  PIPELINE_PER_FRAME,
  REFERENCE,
  STREAMED,
} from './render-cells.mjs';
import { median, short, table } from './report.mjs';

const PEERS = ['streaming-markdown', 'streamdown', 'react-markdown', 'markstream-react', 'marked', 'dompurify', 'react'];
/** Seconds after which a slow peer is stopped flat out. */
const SLOW_S = 10;
/** A renderer that shows less of the text than that has lost some: marks and addresses are a fifth of it. */
const DRAWN = 0.6;

const HELP = `cargo xtask bench render [options]
  --rounds 5              measured rounds a cell
  --cells 100k,200@400k   of ${Object.keys(CELLS).join(' ')}
  --only REGEX            candidates by module
  --cold                  without drawing 20 KB before the clock starts
  --build page            how ours is built: page (as shipped), z, s, 2, 3
  --against FOLDER        our build of another checkout takes part in the same rounds
  --strict                exit 1 if a goal is missed
Text that is lost is a failure in any case.`;

/** Runs the suite, prints the tables; the exit code. */
export async function render(options) {
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const rounds = Number(options.rounds ?? 5);
  const names = options.cells ? String(options.cells).split(',') : Object.keys(CELLS);
  const unknown = names.filter((name) => !(name in CELLS));
  if (unknown.length > 0) throw new Error(`no cell named ${unknown}; there are: ${Object.keys(CELLS)}`);
  const build = String(options.build ?? 'page');
  const sizes = await buildRenderers(build, options.against);
  const wanted = new RegExp(options.only ?? '');
  const verdicts = [];
  let hasLost = false;
  await withBrowser(async (browser, address) => {
    console.log(surroundings(browser.version(), rounds, sizes));
    for (const name of names) {
      const cell = CELLS[name];
      const all = (cell.isBytes ? STREAMED : CANDIDATES).filter(({ isBefore }) => !isBefore || OTHER in sizes);
      const candidates = all.filter(({ module }) => wanted.test(module));
      const runs = await measure(browser, address, { ...cell, isCold: Boolean(options.cold) }, candidates, rounds);
      const rows = summary(cell, runs);
      console.log(`### ${cell.title}\n\n${report(cell, rows)}\n`);
      verdicts.push(...goals(name, cell, rows));
      hasLost ||= rows.some(({ name, hasLost }) => name === OURS && hasLost);
    }
  });
  if (verdicts.length > 0) console.log(table(['goal', 'at most', 'measured', ''], verdicts));
  if (hasLost) console.log('\ntokenfall lost text');
  return hasLost || (options.strict && verdicts.some((verdict) => verdict.at(-1) === 'missed')) ? 1 : 0;
}

/** The rounds of each candidate. One that was stopped or broke does not run again. */
async function measure(browser, address, cell, candidates, rounds) {
  const runs = candidates.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    // Rotated, so that nobody always runs behind the same neighbour.
    for (let turn = 0; turn < candidates.length; turn += 1) {
      const at = (turn + round) % candidates.length;
      if (runs[at].some(({ isCapped }) => isCapped)) continue;
      const { module, isSlow } = candidates[at];
      process.stderr.write(`${cell.title}: round ${round + 1}, ${module}\n`);
      runs[at].push(await one(browser, address, cell, module, isSlow));
    }
  }
  return runs;
}

async function one(browser, address, cell, module, isSlow) {
  const page = await open(browser, address);
  const cdp = await page.context().newCDPSession(page);
  try {
    // The time of the main thread itself: what other programs take does not count.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.waitForFunction(() => globalThis.renderBench);
    const { shape, size, behind, isBytes, isCold, rate, seconds } = cell;
    const what = { module: `/renderers/${module}.js`, shape, size, behind, isBytes, isCold };
    const { name } = await page.evaluate((what) => globalThis.renderBench.prepare(what), what);
    const before = await metrics(cdp);
    const capMs = 1000 * (isSlow && !rate ? Math.min(SLOW_S, cell.capS) : cell.capS);
    const run = await page.evaluate((how) => globalThis.renderBench.run(how), { rate, seconds, capMs });
    const after = await metrics(cdp);
    await cdp.send('HeapProfiler.collectGarbage');
    const settled = await metrics(cdp);
    const spent = (kind) => (after[kind] - before[kind]) * 1000;
    return {
      name,
      ...run,
      cpu: spent('TaskDuration'),
      script: spent('ScriptDuration'),
      layout: spent('LayoutDuration'),
      style: spent('RecalcStyleDuration'),
      heap: settled.JSHeapUsedSize / (1 << 20),
      nodes: settled.Nodes,
    };
  } finally {
    await page.context().close();
  }
}

async function metrics(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** The medians of each candidate: `perDelta` in microseconds, `net` of what feeding costs. */
function summary(cell, runs) {
  const measured = runs.filter((rounds) => rounds.length > 0);
  const rows = measured.map((rounds) => {
    const of = (key) => median(rounds.map((run) => run[key]));
    const last = rounds.at(-1);
    const keys = ['cpu', 'script', 'layout', 'style', 'longestTask', 'longTasks', 'frames', 'lost', 'heap', 'nodes', 'wasm', 'fed'];
    const medians = Object.fromEntries(keys.map((key) => [key, of(key)]));
    const growth = last.marks.length > 4 ? median(rounds.map(({ marks }) => exponent(marks))) : NaN;
    return {
      name: last.name,
      ...medians,
      perDelta: (1000 * medians.cpu) / medians.fed,
      growth,
      share: last.share,
      isWhole: !last.isCapped,
      hasLost: last.drawn < DRAWN * last.source && last.name !== NOOP,
    };
  });
  const feeding = cell.rate ? 0 : (rows.find(({ name }) => name === NOOP)?.perDelta ?? 0);
  return rows.map((row) => ({ ...row, net: row.perDelta - feeding }));
}

/** How time grows with the text: it took `text ^ exponent`, read off the second half. */
function exponent(marks) {
  const [end, total] = marks.at(-1);
  const after = marks.findIndex(([fed]) => fed >= end / 2);
  const [[fromFed, from], [toFed, to]] = [marks[Math.max(0, after - 1)], marks[after]];
  const half = from + ((to - from) * (end / 2 - fromFed)) / Math.max(1, toFed - fromFed);
  return Math.log2(total / Math.max(half, 0.01));
}

function report(cell, rows) {
  const row = (name) => rows.find((row) => row.name === name);
  const reference = row(cell.isBytes ? PIPELINE : REFERENCE);
  const perFrame = row(cell.isBytes ? PIPELINE_PER_FRAME : PER_FRAME);
  const before = row(BEFORE);
  // One that was stopped is flattered: the rest of the text would have cost more a delta.
  const mark = (row) => (row.isWhole ? '' : '> ');
  const times = (row, other) => (row.name === NOOP || !other ? '' : `${mark(row)}${short(row.net / other.net)}`);
  const line = (row) => [
    row.name,
    row.hasLost ? 'text missing' : row.isWhole ? 'all' : `${Math.round(100 * row.share)} %`,
    `${mark(row)}${short(row.cpu)}`,
    row.name === NOOP && !cell.rate ? '' : `${mark(row)}${short(row.net)}`,
    times(row, reference),
    times(row, perFrame),
    ...(before ? [times(row, before)] : []),
    short(row.script),
    short(row.layout),
    short(row.style),
    row.longestTask ? short(row.longestTask) : '< 50',
    `${row.lost}/${row.frames}`,
    Number.isNaN(row.growth) ? '' : row.growth.toFixed(2),
    row.wasm ? `${short(row.heap)} + ${short(row.wasm / (1 << 20))}` : short(row.heap),
    row.nodes.toLocaleString('en'),
  ];
  const unit = cell.rate ? 'CPU µs a delta' : 'net µs a delta';
  const ratios = ['x smd', 'x smd per frame', ...(before ? ['x before'] : [])];
  const rest = ['script', 'layout', 'style', 'longest task', 'frames lost', 'growth', 'heap MB', 'nodes'];
  return table(['', 'done', 'CPU ms', unit, ...ratios, ...rest], rows.map(line));
}

/** The goals of that cell, and that nobody was cheaper. */
function goals(cellName, cell, rows) {
  const row = (name) => rows.find((row) => row.name === name);
  if (!row(OURS)) return [];
  const read = { of: (name, key) => row(name)?.[key] ?? NaN, net: (name) => row(name)?.net ?? NaN };
  const own = GOALS.filter(({ cell }) => cell === cellName).flatMap(({ what, limit, of }) => {
    const measured = of(read);
    return Number.isNaN(measured) ? [] : [[what, limit, measured]];
  });
  const peers = rows.filter(({ name, hasLost }) => ![OURS, BEFORE].includes(name) && !name.startsWith('(') && !hasLost);
  const least = Math.min(...peers.map(({ net }) => net));
  const cheapest = peers.length > 0 ? [['CPU a delta, x the cheapest peer', 1, read.net(OURS) / least]] : [];
  const before = row(BEFORE) ? [['CPU a delta, x the one before', NOT_WORSE, read.net(OURS) / read.net(BEFORE)]] : [];
  return [...own, ...cheapest, ...before].map(([what, limit, measured]) => [
    `${cell.title}: ${what}`,
    String(limit),
    short(measured),
    measured <= limit && row(OURS).isWhole ? 'reached' : 'missed',
  ]);
}

function surroundings(version, rounds, sizes) {
  const lock = JSON.parse(fs.readFileSync(path.join(BENCHES, 'package-lock.json'), 'utf8')).packages;
  const peers = [...PEERS, 'eventsource-parser'].map((name) => `${name} ${lock[`node_modules/${name}`].version}`);
  const builds = Object.entries(sizes).map(([name, bytes]) => `build \`${name}\`, ${(bytes / 1024).toFixed(1)} KB of wasm`);
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; Chromium ${version}; ${os.cpus().length} x ${os.cpus()[0].model}, load ${load}; median of up to ${rounds} rounds.
${peers.join(', ')}; ${builds.join('; ')}.\n`;
}
