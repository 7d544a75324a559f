// A Chromium of its own for one measurement, steered over a pipe by the DevTools protocol.
//
// Playwright switches the protocol's domains of network, console and lifecycle on in each page; they cost the browser
// time for each chunk of an answer. Here only what a measurement asks for is on.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHROMIUM } from './browser.mjs';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--window-size=1280,800',
  '--remote-debugging-pipe',
];

/** How long a command of the protocol may take: a page whose processor is slowed answers late. */
const PATIENCE_MS = 90_000;

const TICKS_A_SECOND = 100;

/** Starts a browser with an empty profile, hands its one page to `use(page)`, and takes everything down again. */
export async function withFreshPage(use) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenfall-bench-'));
  const child = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A process group of its own, which can be ended as one. The browser ends by itself when the pipe closes.
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const protocol = new Protocol(child);
    const { targetInfos } = await protocol.send('Target.getTargets');
    const { targetId } = targetInfos.find(({ type }) => type === 'page');
    const { sessionId } = await protocol.send('Target.attachToTarget', { targetId, flatten: true });
    const { product } = await protocol.send('Browser.getVersion');
    return await use(new Page(protocol, sessionId, child.pid, product));
  } finally {
    end(child.pid);
    await ended;
    await removed(profile);
  }
}

function end(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself, which the commands under way have told.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Removes a folder into which a process that was just ended may still write. */
async function removed(folder) {
  for (let tries = 1; ; tries += 1) {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }
}

/** Seconds of processor time that a process and all below it have used, those that ended included. */
export function cpuSeconds(root) {
  const children = new Map();
  const spent = new Map();
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = statOf(entry);
    if (!stat) continue;
    const [, parent] = stat;
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(entry)]);
    // utime, stime, and what children used that were waited for.
    spent.set(Number(entry), stat.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0));
  }
  const sum = (pid) => (children.get(pid) ?? []).reduce((total, child) => total + sum(child), spent.get(pid) ?? 0);
  return sum(root) / TICKS_A_SECOND;
}

/** The fields of /proc/PID/stat behind the program's name, which may hold anything; nothing if the process has ended. */
export function statOf(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Commands and events of the DevTools protocol: JSON with a zero behind it. */
class Protocol {
  #child;
  #next = 1;
  #waiting = new Map();
  #listeners = [];

  constructor(child) {
    this.#child = child;
    child.once('error', (error) => this.#fail(error));
    child.once('exit', () => this.#fail(new Error('Chromium ended')));
    child.stdio[3].on('error', (error) => this.#fail(error));
    let rest = Buffer.alloc(0);
    child.stdio[4].on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        const message = JSON.parse(rest.subarray(0, end).toString('utf8'));
        rest = rest.subarray(end + 1);
        this.#take(message);
      }
    });
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${method}: no answer in ${PATIENCE_MS / 1000} s`));
      this.#waiting.set(id, { method, resolve, reject, timer: setTimeout(late, PATIENCE_MS) });
      this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  #take(message) {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting.resolve(message.result);
  }

  #fail(error) {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

/** The one page of a browser. */
class Page {
  #protocol;
  #session;

  constructor(protocol, session, pid, product) {
    this.#protocol = protocol;
    this.#session = session;
    this.pid = pid;
    this.product = product;
  }

  send(method, params) {
    return this.#protocol.send(method, params, this.#session);
  }

  /** Calls `listener(params)` for each event of that name. */
  on(method, listener) {
    this.#protocol.listen((message) => {
      if (message.sessionId === this.#session && message.method === method) listener(message.params);
    });
  }

  /** Opens an address, with `script(argument)` run before the page's own. */
  async open(address, script, argument) {
    await this.send('Page.enable');
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source: call(script, argument) });
    const { errorText } = await this.send('Page.navigate', { url: address });
    if (errorText) throw new Error(`${address}: ${errorText}`);
  }

  /** What `script(argument)` gives in the page. */
  async evaluate(script, argument) {
    const how = { expression: call(script, argument), returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', how);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Types into what has the focus, as an input method does. */
  type(text) {
    return this.send('Input.insertText', { text });
  }

  async pressEnter() {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, nativeVirtualKeyCode: 13 };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', unmodifiedText: '\r', ...key });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }

  /** Seconds of processor time of the whole browser. */
  cpu() {
    return cpuSeconds(this.pid);
  }

  async metrics() {
    const { metrics } = await this.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  async picture(file) {
    const { data } = await this.send('Page.captureScreenshot');
    fs.writeFileSync(file, Buffer.from(data, 'base64'));
  }
}

function call(script, argument) {
  return `(${script})(${JSON.stringify(argument ?? null)})`;
}
