// What kept conversations cost: opening a long one, typing in it while an answer streams, a long list, memory, the journal.

import fs from 'node:fs';
import http from 'node:http';
import { ready } from './answer.mjs';
import { statOf, withFreshPage } from './chromium.mjs';
import { OURS, watch } from './clients.mjs';
import { listening } from './host.mjs';

/** The long conversation: so many turns with so much text in all. */
export const TURNS = 500;
export const TEXT_MB = 2;
/** The long list. */
export const LISTED = 10_000;

const ID = 'a0000000-0000-4000-8000-000000000000';
const LAST_WORDS = 'These are the very last words.';
const LIMIT_MS = 60_000;
/** Between two letters that are typed. */
const KEY_MS = 60;
const TYPED = 'a question that is typed while an answer is being written';
/** Tokens a second of the answer behind the long conversation, and their number. */
const RATE = 100;
const STREAMED = 800;

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** The text of one answer of about so many bytes: prose, a list, code and a table, and no two alike. */
function answerText(number, bytes) {
  const paragraph = (count) =>
    `Paragraph ${count} of answer ${number} tells of **tides**, \`currents\` and [winds](https://example.org/${number}), calmly and at length. `.repeat(2);
  const parts = [`## Answer ${number}\n`];
  for (let count = 1; parts.join('\n').length < bytes - 500; count += 1) {
    parts.push(
      paragraph(count),
      `- first point ${count}\n- second point with *emphasis*\n`,
      `\`\`\`js\nconst knots = [${count}, ${number}].map((value) => value * 2);\n\`\`\`\n`,
    );
  }
  parts.push(`| wind | sail |\n|---|---|\n| ${number} | full |\n`);
  return parts.join('\n');
}

/** The turns of the long conversation, as texts: a question, an answer, and so on. */
export function longTexts() {
  const each = (TEXT_MB * 1_000_000) / (TURNS / 2);
  const texts = [];
  for (let number = 1; number <= TURNS / 2; number += 1) {
    texts.push(`What about number ${number}?`, answerText(number, each));
  }
  texts[TURNS - 1] += `\n${LAST_WORDS}`;
  return texts;
}

/** Puts conversations into a page's own database, in its own form. */
const SEEDS = {
  [OURS]: async ({ texts, listed, id }) => {
    const request = indexedDB.open('tokenfall');
    await new Promise((done) => (request.onsuccess = done));
    const database = request.result;
    const writing = database.transaction(['conversations', 'turns'], 'readwrite');
    const base = 1_700_000_000_000;
    const put = (own, title, turns, changed) =>
      writing.objectStore('conversations').put({
        version: 1,
        id: own,
        title,
        created: base,
        changed,
        turns,
        next_turn: turns,
        head: turns - 1,
        state: 'complete',
        order: [-changed, own],
      });
    if (texts.length > 0) put(id, 'The long one', texts.length, base + 1e9);
    for (let number = 0; number < listed; number += 1) put(`listed-${number}`, `Conversation ${number}`, 2, base + number);
    texts.forEach((text, turn) =>
      writing.objectStore('turns').put({
        version: 1,
        conversation: id,
        turn,
        ...(turn > 0 && { parent: turn - 1 }),
        role: turn % 2 ? 'assistant' : 'user',
        state: 'complete',
        blocks: [{ kind: 'text', text }],
        created: base,
      }),
    );
    await new Promise((done, failed) => {
      writing.oncomplete = done;
      writing.onabort = () => failed(writing.error);
    });
    database.close();
  },
  peer: async ({ texts, listed, id }) => {
    const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /llama/i.test(name));
    const request = indexedDB.open(name);
    await new Promise((done) => (request.onsuccess = done));
    const database = request.result;
    const writing = database.transaction(['conversations', 'messages'], 'readwrite');
    const base = 1_700_000_000_000;
    const root = `${id}-root`;
    const own = (turn) => `${id}-${turn}`;
    const conversations = writing.objectStore('conversations');
    if (texts.length > 0) {
      conversations.put({ id, name: 'The long one', lastModified: base + 1e9, currNode: own(texts.length - 1) });
      writing.objectStore('messages').put({
        id: root, convId: id, type: 'root', timestamp: base, role: 'system', content: '', parent: null, toolCalls: '', children: [own(0)],
      });
    }
    for (let number = 0; number < listed; number += 1) {
      conversations.put({ id: `listed-${number}`, name: `Conversation ${number}`, lastModified: base + number, currNode: '' });
    }
    texts.forEach((content, turn) =>
      writing.objectStore('messages').put({
        id: own(turn),
        convId: id,
        type: 'text',
        timestamp: base + turn,
        role: turn % 2 ? 'assistant' : 'user',
        content,
        parent: turn > 0 ? own(turn - 1) : root,
        toolCalls: '',
        children: turn + 1 < texts.length ? [own(turn + 1)] : [],
      }),
    );
    await new Promise((done, failed) => {
      writing.oncomplete = done;
      writing.onabort = () => failed(writing.error);
    });
    database.close();
  },
};

/** Waits until a page has stopped loading itself: a service worker that takes over does it once more. */
function navigations(page) {
  let last = Date.now();
  page.on('Page.frameNavigated', () => {
    last = Date.now();
  });
  return async () => {
    last = Date.now();
    while (Date.now() - last < 2500) await sleep(100);
  };
}

/** Opens a page that holds these conversations: its database is made by a first visit, and filled behind it. */
async function openSeeded(page, client, seed) {
  const argument = { ...client, beginning: '', stored: client.stored({}), probe: false };
  const settled = navigations(page);
  await page.open(client.address, watch, argument);
  await settled();
  await ready(page, client);
  await page.evaluate(SEEDS[client.name] ?? SEEDS.peer, { ...seed, id: ID });
  await page.send('Page.reload');
  await settled();
  await ready(page, client);
  await sleep(1000);
}

/** Begins to open a conversation in the page; `look` is asked from outside then, since a page may load itself anew for it. */
function go(address) {
  location.hash = address;
}

/** Whether a text is there and was drawn; the longest task since a moment on the wall clock. */
function look({ words, since }) {
  if (!document.body?.textContent.includes(words)) return null;
  return new Promise((resolve) => {
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        if (performance.timeOrigin + startTime >= since) longest = Math.max(longest, duration);
      }
    }).observe({ type: 'longtask', buffered: true });
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => setTimeout(() => resolve({ longest }), 0);
      port2.postMessage(0);
    });
  });
}

/** Opens the conversation, and gives the time until its last words are drawn. */
export async function opened(page, client) {
  const since = Date.now();
  await page.evaluate(go, addressOf(client));
  for (;;) {
    // A page that loads itself anew answers nothing meanwhile.
    const found = await page.evaluate(look, { words: LAST_WORDS, since }).catch(() => null);
    if (found) return { shown: Date.now() - since, ...found };
    if (Date.now() - since > LIMIT_MS) throw new Error(`${client.name}: the conversation did not open`);
    await sleep(5);
  }
}

const addressOf = (client) => (client.name === OURS ? `#c=${ID}` : `#/chat/${ID}`);

/** Opens the long conversation; and measures the renderer's memory before and behind it. */
export async function openedLong(client) {
  return withFreshPage(async (page) => {
    await openSeeded(page, client, { texts: longTexts(), listed: 0 });
    await page.send('HeapProfiler.collectGarbage');
    await sleep(500);
    const before = rendererMemory(page.pid);
    const { shown, longest } = await opened(page, client);
    await sleep(3000);
    await page.send('HeapProfiler.collectGarbage');
    await sleep(1000);
    const after = rendererMemory(page.pid);
    return { shown, longest, memory: (after - before) / TEXT_MB, all: after };
  });
}

/** Types in the long conversation while an answer comes at a steady rate. Gives the longest task and the longest wait of a key. */
export async function typedWhileStreaming(client, stream) {
  return withFreshPage(async (page) => {
    await openSeeded(page, client, { texts: longTexts(), listed: 0 });
    await opened(page, client);
    await sleep(2000);
    await page.evaluate((composer) => document.querySelector(composer).focus(), client.composer);
    await page.type('Go on.');
    await page.evaluate(() => {
      globalThis.tasks = [];
      globalThis.keys = [];
      new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries())).observe({ type: 'longtask' });
      new PerformanceObserver((list) => globalThis.keys.push(...list.getEntries())).observe({ type: 'event', durationThreshold: 16 });
    });
    const begun = stream.next();
    await page.pressEnter();
    await begun;
    await sleep(1000);
    const since = await page.evaluate(() => performance.now());
    for (const letter of TYPED) {
      await page.send('Input.dispatchKeyEvent', { type: 'keyDown', text: letter, key: letter });
      await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key: letter });
      await sleep(KEY_MS);
    }
    const seen = await page.evaluate((since) => {
      const behind = (all) => all.filter(({ startTime }) => startTime >= since).map(({ duration }) => duration);
      return { tasks: behind(globalThis.tasks), keys: behind(globalThis.keys) };
    }, since);
    const value = await page.evaluate((composer) => document.querySelector(composer)?.value, client.composer);
    return {
      longest: Math.max(0, ...seen.tasks),
      key: Math.max(0, ...seen.keys),
      typed: value === TYPED ? 1 : 0,
    };
  });
}

/** Opens the list of many conversations, in a page that has just been loaded. */
export async function openedList(client) {
  return withFreshPage(async (page) => {
    await openSeeded(page, client, { texts: [], listed: LISTED });
    return page.evaluate(
      ({ isOurs, limit }) =>
        new Promise((resolve, reject) => {
          // Whatever the elements are: what is seen of titles.
          const rows = () => {
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            let count = 0;
            while (texts.nextNode()) {
              const { textContent, parentElement } = texts.currentNode;
              if (/^Conversation \d/.test(textContent.trim()) && parentElement.offsetParent) count += 1;
            }
            return count;
          };
          const tasks = [];
          new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
          // The peer's first button opens its side bar.
          const opener = document.querySelector(isOurs ? '[data-testid=history]' : 'button');
          const start = performance.now();
          opener?.click();
          const look = () => {
            const count = rows();
            if (count === 0 && performance.now() - start > limit) return reject(new Error('no rows'));
            if (count === 0) return setTimeout(look, 2);
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => {
                const shown = performance.now() - start;
                setTimeout(() => resolve({ shown, rows: rows(), longest: Math.max(0, ...tasks) }), 1000);
              };
              port2.postMessage(0);
            });
          };
          look();
        }),
      { isOurs: client.name === OURS, limit: LIMIT_MS },
    );
  });
}

/** Megabytes of memory of the largest renderer below a process, without what it shares. */
function rendererMemory(root) {
  let most = 0;
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      if (!line.includes('--type=renderer') || Number(statOf(pid)?.[2]) !== root) continue;
      const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      const kb = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0);
      most = Math.max(most, kb / 1024);
    } catch {
      // The process has ended.
    }
  }
  return most;
}

/** A server before the model's that answers questions with a steady stream of its own: `next()` waits for the next one. */
export async function steady(target) {
  const { hostname, port } = new URL(target);
  const waiting = [];
  const server = http.createServer((request, response) => {
    const isQuestion = request.method === 'POST' && request.url.endsWith('/chat/completions');
    if (!isQuestion) {
      const { method, url, headers } = request;
      const onward = http.request({ hostname, port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
      return;
    }
    request.resume();
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'access-control-allow-origin': request.headers.origin ?? '*',
    });
    waiting.shift()?.();
    let sent = 0;
    const timer = setInterval(() => {
      const text = sent % 12 === 11 ? 'wind.\n\n' : 'sail ';
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`);
      sent += 1;
      if (sent === STREAMED) {
        clearInterval(timer);
        response.end(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`);
      }
    }, 1000 / RATE);
    response.on('close', () => clearInterval(timer));
  });
  const { address, close } = await listening(server);
  return { address, close, next: () => new Promise((resolve) => waiting.push(resolve)) };
}
