// The page of the benchmarks on loopback, in headless Chromium.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { DIST } from './build.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

// `gc()` for the pages; nothing of the browser's own may run beside them.
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc',
];

/** The browser that is measured. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Opens the page that puts `bench` in place, hands it to `use(page, version)`, and takes everything down again. */
export async function withPage(bench, use) {
  return withBrowser(async (browser, address) => {
    const page = await open(browser, address);
    await page.waitForFunction((name) => globalThis[name], bench);
    return await use(page, browser.version());
  });
}

/** Starts server and browser, hands them to `use(browser, address)`, and takes everything down again. */
export async function withBrowser(use) {
  const server = http.createServer(serve);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: false, args: FLAGS });
  try {
    return await use(browser, `http://127.0.0.1:${server.address().port}/index.html`);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

/** A page of its own, that shares nothing with another. */
export async function open(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`in the page: ${error}`));
  await page.goto(address);
  return page;
}

function serve(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = path.join(DIST, path.normalize(pathname));
  if (!file.startsWith(DIST) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-store',
    // An isolated page gets a clock of 5 microseconds instead of 100.
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  });
  fs.createReadStream(file).pipe(response);
}
