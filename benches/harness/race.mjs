// The race of four lanes at 200 tokens a second each, against the lab: what it costs, its tasks and its frames.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ready } from './answer.mjs';
import { BENCHES } from './build.mjs';
import { withFreshPage } from './chromium.mjs';

export const LANES = 4;
/** The lab's scenario, its tokens a second and their number. */
const SCENARIO = 'fast-200';
export const RATE = 200;
const TOKENS = 2000;
const LIMIT_MS = 60_000;
/** What is counted behind the table: it is kept, and drawn. */
const AFTER_MS = 1000;

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Starts the lab on any free port: `{ address, close }` of the scenario. */
export async function lab() {
  const words = ['run', '--quiet', '--package', 'lab', '--', '0'];
  const child = spawn('cargo', words, { cwd: path.dirname(BENCHES), stdio: ['ignore', 'pipe', 2], detached: true });
  // A process group of its own: cargo runs the lab as another process.
  const close = () => process.kill(-child.pid);
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = line.split(/\s/);
    if (address.includes(`/${SCENARIO}/`) || address.endsWith(`/${SCENARIO}`)) return { address, close };
  }
  throw new Error('the lab has not started');
}

/** Runs in the page before its own scripts: stores its settings, notes long tasks and, once it is told to, frames. */
function watch(settings) {
  localStorage.setItem('tokenfall.settings', JSON.stringify(settings));
  const noted = { tasks: [], frames: [], begun: 0, done: 0 };
  globalThis.raceNoted = noted;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) noted.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
}

/** Opens the race in the page and gives it four lanes and a question; `false` while it is not there. */
function setUp(step) {
  const $ = (id) => document.querySelector(`[data-testid=${id}]`);
  if (step === 'open') {
    if (!$('open-race')?.checkVisibility()) $('history').click();
    else $('open-race').click();
    return Boolean($('race-question'));
  }
  if (step === 'lanes') {
    $('race-same').click();
    return true;
  }
  if (step === 'add') {
    $('race-add').click();
    return true;
  }
  const question = $('race-question');
  question.value = 'Say much.';
  question.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return true;
}

function start() {
  const noted = globalThis.raceNoted;
  const tick = (at) => {
    noted.frames.push(at);
    if (noted.done === 0) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  noted.begun = performance.now();
  document.querySelector('[data-testid=race-start]').click();
}

function isOver() {
  const noted = globalThis.raceNoted;
  if (!document.querySelector('[data-testid=race-table]')) return false;
  noted.done ||= performance.now();
  return true;
}

function read() {
  const noted = globalThis.raceNoted;
  const lanes = [...document.querySelectorAll('[data-testid=race-lane]')].map((lane) => ({
    state: lane.dataset.state,
    words: lane.querySelector('[data-testid=race-answer]').textContent.match(/\bw\d+/g)?.length ?? 0,
  }));
  return { ...noted, lanes };
}

/** Runs one race in a fresh browser. With `trace` also what its longest tasks were made of. */
export async function raced(address, server, { trace = false } = {}) {
  return withFreshPage(async (page) => {
    const settings = { version: 1, preset: 'custom', base_url: server, dialect: 'chat-completions', model: 'lab-small' };
    await page.open(address, watch, settings);
    await ready(page, { name: 'tokenfall', composer: 'textarea[data-testid="composer"]' });
    await sleep(2000);
    for (const begun = Date.now(); !(await page.evaluate(setUp, 'open')); await sleep(300)) {
      if (Date.now() - begun > LIMIT_MS) throw new Error('the race does not open');
    }
    for (const step of ['lanes', 'add', 'question']) {
      await page.evaluate(setUp, step);
      await sleep(300);
    }
    await page.send('Performance.enable', { timeDomain: 'threadTicks' });
    const traced = trace ? await tracing(page) : undefined;
    const [before, cpu] = [await page.metrics(), page.cpu()];
    await page.evaluate(start);
    for (const begun = Date.now(); !(await page.evaluate(isOver)); await sleep(250)) {
      if (Date.now() - begun > LIMIT_MS) throw new Error('the race does not end');
    }
    await sleep(AFTER_MS);
    const [spent, after] = [page.cpu() - cpu, await page.metrics()];
    const noted = await page.evaluate(read);
    const wrong = noted.lanes.some(({ state, words }) => state !== 'complete' || words !== TOKENS);
    if (wrong || noted.lanes.length !== LANES) throw new Error(`not what was sent: ${JSON.stringify(noted.lanes)}`);
    const ms = (kind) => (after[kind] - before[kind]) * 1000;
    const tasks = noted.tasks.filter(([at]) => at >= noted.begun);
    return {
      seconds: (noted.done - noted.begun) / 1000,
      cpu: spent,
      busy: ms('TaskDuration'),
      script: ms('ScriptDuration'),
      style: ms('RecalcStyleDuration'),
      layout: ms('LayoutDuration'),
      tasks: tasks.length,
      when: tasks.map(([at, took]) => `${Math.round(at - noted.begun)} ms: ${Math.round(took)} ms`),
      ...gaps(noted.frames),
      ...(traced ? { traced: await traced() } : {}),
    };
  });
}

function gaps(frames) {
  const gaps = frames.slice(1).map((at, index) => at - frames[index]);
  const over = (ms) => gaps.filter((gap) => gap > ms).length;
  return { frames: gaps.length, over17: over(17), over34: over(34), over50: over(50), gap: Math.max(0, ...gaps) };
}

/** Records what the page's main thread does; the function that it gives ends that, and gives its longest tasks. */
async function tracing(page) {
  const events = [];
  page.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => page.on('Tracing.tracingComplete', done));
  const includedCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', 'v8'];
  await page.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  return async () => {
    await page.send('Tracing.end');
    await complete;
    return longest(events);
  };
}

/**
 * The longest tasks of the thread that runs the page, by its own processor time, each with the longest of what is in it, in ms. What else
 * the machine does lengthens a task on the clock, not in that time.
 */
function longest(events) {
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const all = events.filter(({ ph, pid, tid }) => ph === 'X' && main.has(`${pid}:${tid}`));
  const first = Math.min(...all.map(({ ts }) => ts));
  const ms = (micros) => Math.round((micros ?? 0) / 100) / 10;
  const tasks = all.filter(({ name }) => name === 'RunTask').toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0));
  return tasks.slice(0, 5).map((task) => {
    const isWithin = ({ name, tid, ts, dur }) =>
      !name.endsWith('RunTask') && tid === task.tid && ts >= task.ts && ts + dur <= task.ts + task.dur;
    const parts = all.filter(isWithin).toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0)).slice(0, 8);
    return {
      at: ms(task.ts - first),
      own: ms(task.tdur),
      clock: ms(task.dur),
      parts: parts.map(({ name, tdur }) => `${name} ${ms(tdur)}`),
    };
  });
}
