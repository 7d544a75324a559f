// One answer in one page of a fresh browser, checked against what the server sent.

import path from 'node:path';
import { withFreshPage } from './chromium.mjs';
import { PROMPT, layoutShift, letters, sampling, watch } from './clients.mjs';

/** How long the idle cost is measured. */
const IDLE_MS = 5000;
/** What is counted behind the last byte: pages draw the end of an answer then. */
const AFTER_MS = 500;
/** Frames come every 16.7 ms, and their times are rounded. */
const FRAME_MS = 17;

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Opens the page, waits until it is idle, asks, and gives the numbers. Fails where the page shows another text. */
export async function answered(client, { server, tokens, expected, probe, pictures }) {
  return withFreshPage(async (page) => {
    const stored = client.stored(sampling(tokens));
    const beginning = letters(expected).slice(0, 100);
    await page.open(client.address, watch, { ...client, beginning, stored, probe });
    await ready(page, client);
    await calm(page);
    const idle = await spentIn(page, IDLE_MS);
    await typed(page, client);
    // Typing may make a page fetch or store something.
    await sleep(1000);
    await page.send('Performance.enable', { timeDomain: 'threadTicks' });

    const kept = server.next();
    const [before, cpu] = [await page.metrics(), page.cpu()];
    await page.pressEnter();
    const asked = await kept;
    await sleep(AFTER_MS);
    const [spent, after] = [page.cpu() - cpu, await page.metrics()];

    if (pictures) await page.picture(path.join(pictures, `${client.name}-${probe ? 'frames' : 'answer'}.png`));
    const { noted, shown, wasm } = await page.evaluate(read, client.answer);
    isTheSame(client.name, asked, shown, { tokens, expected });
    await page.send('HeapProfiler.collectGarbage');
    const settled = await page.metrics();
    const ms = (kind) => (after[kind] - before[kind]) * 1000;
    return {
      idle: (idle * 1000) / (IDLE_MS / 1000),
      glyph: noted.glyph - noted.enter,
      cpu: spent,
      busy: ms('TaskDuration'),
      script: ms('ScriptDuration'),
      style: ms('RecalcStyleDuration'),
      layout: ms('LayoutDuration'),
      nodes: settled.Nodes,
      heap: settled.JSHeapUsedSize / (1 << 20),
      wasm: wasm / (1 << 20),
      cls: layoutShift(noted.shifts),
      ...gaps(noted.frames),
    };
  });
}

function read(answer) {
  const { noted, wasm } = globalThis.benchmark;
  const shown = [...document.querySelectorAll(answer)].map(({ textContent }) => textContent).join('\n');
  return { noted, shown, wasm: wasm() };
}

/** Waits until the composer is there. */
export async function ready(page, { name, composer }) {
  for (const start = Date.now(); ; await sleep(50)) {
    if (await page.evaluate((composer) => Boolean(document.querySelector(composer)), composer)) return;
    if (Date.now() - start > 60_000) throw new Error(`${name}: no composer within a minute`);
  }
}

/** Puts the question into the composer; `false` when it did not stay there. */
export async function typed(page, { composer }) {
  const focus = (composer) => {
    const field = document.querySelector(composer);
    field?.focus();
    // A second try takes the place of the first.
    field?.select();
    return field !== null && document.activeElement === field;
  };
  if (!(await page.evaluate(focus, composer))) return false;
  await page.type(PROMPT);
  const value = await page.evaluate((composer) => document.querySelector(composer)?.value, composer);
  return value === PROMPT;
}

/** Waits until the browser has used next to nothing for two seconds: workers and caches are filled by then. */
async function calm(page) {
  let quiet = 0;
  for (let waited = 0; quiet < 4; waited += 1) {
    if (waited > 80) throw new Error('the page was not idle within 40 s');
    quiet = (await spentIn(page, 500)) <= 0.03 ? quiet + 1 : 0;
  }
}

async function spentIn(page, ms) {
  const before = page.cpu();
  await sleep(ms);
  return page.cpu() - before;
}

/** Fails unless the request was the agreed one and the page shows what came. */
function isTheSame(name, asked, shown, { tokens, expected }) {
  const { request, status, text } = asked;
  const fail = (what) => {
    throw new Error(`${name}: ${what}`);
  };
  if (status !== 200) fail(`the server said ${status}`);
  for (const [key, value] of Object.entries(sampling(tokens))) {
    if (request[key] !== value) fail(`the request has ${key} ${JSON.stringify(request[key])}, not ${value}`);
  }
  const said = request.messages.map(({ role, content }) => `${role}: ${content?.[0]?.text ?? content}`);
  if (said.length !== 1 || said[0] !== `user: ${PROMPT}`) fail(`the request says ${JSON.stringify(said)}`);
  if (request.tools?.length) fail('the request has tools');
  if (asked.tokens !== tokens) fail(`${asked.tokens} tokens were written, not ${tokens}`);
  if (text !== expected) fail(`the server sent another text:\n${text}\ninstead of\n${expected}`);
  if (letters(shown) !== letters(expected)) fail(`the page shows another text:\n${shown}\ninstead of\n${expected}`);
}

function gaps(frames) {
  const gaps = frames.slice(1).map((at, index) => at - frames[index]);
  const over = (ms) => gaps.filter((gap) => gap > ms).length;
  const longest = Math.max(0, ...gaps);
  return { frames: gaps.length, over17: over(FRAME_MS), over34: over(2 * FRAME_MS), over50: over(50), longest };
}
