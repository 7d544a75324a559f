// The page of the render suite: one candidate in one page, fed with one answer.

import { SHAPES } from './answers.mjs';
import { chatOf, chunks } from './streams.mjs';
import { fragments } from './text.mjs';

const FRAME_MS = 1000 / 60;
/** Points of time that are noted along the way, from which the growth is read. */
const MARKS = 32;

/** Units of text that each candidate draws and throws away before: engines compile in tiers. */
const WARM_UP = 20_000;

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));
const frame = () => new Promise((resume) => requestAnimationFrame(resume));

let cell;

/**
 * Makes the candidate ready, with the first `behind` units of the text on the screen already. Those come 2 KB a frame,
 * as they would have come, so that each part has been laid out and painted once.
 */
async function prepare({ module, shape, size, behind, isBytes, isCold }) {
  const { default: candidate } = await import(module);
  await candidate.prepare?.();
  const scroller = document.getElementById('scroller');
  const root = document.getElementById('answer');
  if (candidate.stylesheet) await dress(candidate.stylesheet, scroller, root);
  const text = SHAPES[shape](size);
  let parts = fragments(text);
  let at = 0;
  for (let length = 0; length < behind && at < parts.length; at += 1) length += parts[at].length;
  const before = parts.slice(0, at).join('');
  parts = parts.slice(at);
  const deltas = parts.length;
  if (isBytes) parts = chunks(new TextEncoder().encode(chatOf(parts).parts.join('')), 1024);
  if (!isCold) await warmUp(candidate, root, isBytes);
  candidate.mount(root);
  for (let start = 0; start < before.length; start += 2048) {
    candidate.append(before.slice(start, start + 2048));
    scroller.scrollTop = scroller.scrollHeight;
    await frame();
  }
  await frame();
  await frame();
  await sleep(50);
  cell = { candidate, root, scroller, parts, deltas, before: inked(before), length: inked(text) };
  return { name: candidate.name };
}

/** Units of a text without its white space: deep lists are indented by more than they hold. */
const inked = (text) => text.replace(/\s+/g, '').length;

async function warmUp(candidate, root, isBytes) {
  const scratch = document.createElement('div');
  root.append(scratch);
  candidate.mount(scratch);
  const parts = fragments(SHAPES.mixed(WARM_UP), 8);
  const pieces = isBytes ? chunks(new TextEncoder().encode(chatOf(parts).parts.join('')), 1024) : parts;
  const aFrame = Math.ceil(pieces.length / 50);
  for (let at = 0; at < pieces.length; at += 1) {
    candidate.append(pieces[at]);
    if (at % aFrame === 0) await frame();
  }
  await candidate.end();
  await frame();
  candidate.unmount?.();
  scratch.remove();
  await sleep(50);
}

/** The page's own stylesheets and classes. */
async function dress(stylesheet, scroller, root) {
  const style = document.getElementById('style');
  const loaded = new Promise((resolve) => style.addEventListener('load', resolve, { once: true }));
  style.href = stylesheet;
  await loaded;
  scroller.className = 'scroll';
  // As the page marks it while it follows the end: the browser then looks for no line to keep in place.
  scroller.dataset.follows = '';
  root.parentElement.className = 'column';
  root.className = 'block prose';
}

/** Feeds it: flat out (a part a task), or `rate` deltas a second for `seconds`. Stops at `capMs`. */
async function run({ rate, seconds, capMs }) {
  const { candidate, root, scroller, parts } = cell;
  const longTasks = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  const frames = [];
  let isRunning = true;
  // The view follows the end, for everyone.
  const tick = (at) => {
    frames.push(at);
    scroller.scrollTop = scroller.scrollHeight;
    if (isRunning) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);

  const feed = rate ? paced(candidate, parts, rate, seconds, capMs) : flatOut(candidate, parts, capMs);
  const { fed, marks, isCapped, longestGap } = await feed;
  await candidate.end();
  await frame();
  await frame();
  isRunning = false;
  longTasks.push(...observer.takeRecords());
  observer.disconnect();
  await sleep(0);

  const gaps = frames.slice(1).map((at, index) => at - frames[index]);
  const lost = gaps.map((gap) => Math.max(0, Math.round(gap / FRAME_MS) - 1)).reduce((a, b) => a + b, 0);
  return {
    fed: rate ? fed : Math.round((fed / parts.length) * cell.deltas),
    share: fed / parts.length,
    isCapped,
    marks,
    // Tasks under 50 ms are not told; flat out the time between two deltas tells of them.
    longestTask: Math.max(longestGap, ...longTasks.map(({ duration }) => duration), 0),
    longTasks: longTasks.length,
    frames: frames.length + lost,
    lost,
    drawn: inked(root.textContent),
    source: cell.before + (cell.length - cell.before) * (fed / parts.length),
    wasm: candidate.memory?.() ?? 0,
  };
}

function flatOut(candidate, parts, capMs) {
  const every = Math.max(1, Math.floor(parts.length / MARKS));
  const marks = [];
  const start = performance.now();
  let last = start;
  let longestGap = 0;
  let fed = 0;
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const now = performance.now();
      longestGap = Math.max(longestGap, now - last);
      last = now;
      const isCapped = now - start > capMs;
      if (fed % every === 0 || fed === parts.length) marks.push([fed, now - start]);
      if (isCapped || fed === parts.length) {
        resolve({ fed, marks, isCapped, longestGap });
        return;
      }
      candidate.append(parts[fed]);
      fed += 1;
      channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
  });
}

async function paced(candidate, parts, rate, seconds, capMs) {
  const start = performance.now();
  const end = seconds * 1000;
  let fed = 0;
  for (;;) {
    const now = performance.now() - start;
    const isCapped = now > capMs;
    if (isCapped || now > end || fed === parts.length) return { fed, marks: [], isCapped, longestGap: 0 };
    for (const due = Math.min(parts.length, Math.floor((now * rate) / 1000)); fed < due; fed += 1) {
      candidate.append(parts[fed]);
    }
    await sleep(1000 / rate);
  }
}

globalThis.renderBench = { prepare, run };
