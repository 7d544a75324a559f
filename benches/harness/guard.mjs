// An answer at 200 tokens a second from the lab, behind fifty rules and behind none: its tasks and what it costs.

import { ready } from './answer.mjs';
import { withFreshPage } from './chromium.mjs';

/** Rules of each set, by its name. */
export const RULES = 50;
const TOKENS = 2000;
const LIMIT_MS = 60_000;
const AFTER_MS = 1000;

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Fifty rules of all kinds that look for something: built-in ones, words, patterns. The lab's answer has none of it. */
export function rules() {
  const builtIn = ['email', 'phone', 'card', 'iban', 'secrets', 'links', 'code'].map((kind) => ({ kind }));
  const words = Array.from({ length: 25 }, (_, at) => ({ kind: 'words', text: `forbidden${at}\nnever said ${at}` }));
  const left = RULES - builtIn.length - words.length;
  const patterns = Array.from({ length: left }, (_, at) => ({ kind: 'pattern', text: `(?i)case-${at}-[a-z]{2,9}\\d{${(at % 5) + 1}}x` }));
  return [...builtIn, ...words, ...patterns].map((rule) => ({ text: '', action: 'redact', is_off: false, ...rule }));
}

/** Runs in the page before its own scripts: stores its settings and notes long tasks. */
function watch(settings) {
  localStorage.setItem('tokenfall.settings', JSON.stringify(settings));
  const noted = { tasks: [], begun: 0 };
  globalThis.guardNoted = noted;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) noted.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
}

function type() {
  const field = document.querySelector('[data-testid=composer]');
  field.focus();
  field.value = 'Say much.';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Sends what was typed. The button is off until the page has heard of that. */
function send() {
  globalThis.guardNoted.begun = performance.now();
  document.querySelector('[data-testid=send]').click();
}

function answer() {
  const turn = [...document.querySelectorAll('[data-testid=turn]')].at(-1);
  const text = turn?.querySelector('[data-testid=answer]')?.textContent ?? '';
  return { state: turn?.dataset.state, words: text.match(/\bw\d+/g)?.length ?? 0, ...globalThis.guardNoted };
}

/** Asks once in a fresh browser, behind these rules. */
export async function guarded(address, server, list) {
  return withFreshPage(async (page) => {
    const rules = list.length > 0 ? JSON.stringify({ rules: list, hold: 'match' }) : '';
    const settings = { version: 1, preset: 'custom', base_url: server, dialect: 'chat-completions', model: 'lab-small', rules };
    await page.open(address, watch, settings);
    await ready(page, { name: 'tokenfall', composer: 'textarea[data-testid="composer"]' });
    await sleep(2000);
    await page.send('Performance.enable', { timeDomain: 'threadTicks' });
    const [before, cpu] = [await page.metrics(), page.cpu()];
    await page.evaluate(type);
    await sleep(AFTER_MS);
    await page.evaluate(send);
    let noted = await page.evaluate(answer);
    for (const begun = Date.now(); noted.state !== 'complete'; noted = await page.evaluate(answer)) {
      if (Date.now() - begun > LIMIT_MS) throw new Error(`the answer does not end: ${noted.state}`);
      await sleep(250);
    }
    await sleep(AFTER_MS);
    const [spent, after] = [page.cpu() - cpu, await page.metrics()];
    noted = await page.evaluate(answer);
    if (noted.words !== TOKENS) throw new Error(`${noted.words} words came, not ${TOKENS}`);
    const ms = (kind) => (after[kind] - before[kind]) * 1000;
    const tasks = noted.tasks.filter(([at]) => at >= noted.begun).map(([, took]) => took);
    return {
      cpu: spent,
      busy: ms('TaskDuration'),
      script: ms('ScriptDuration'),
      tasks: tasks.length,
      longest: Math.max(0, ...tasks),
    };
  });
}
