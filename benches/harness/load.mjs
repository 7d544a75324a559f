// One first load in a fresh browser, on a slow line and a slow processor.

import { ready, typed } from './answer.mjs';
import { withFreshPage } from './chromium.mjs';
import { layoutShift, watch } from './clients.mjs';

/** Lighthouse's slow 4G as DevTools applies it, and its slow phone. */
export const LINE = { title: '562 ms, 1.44 Mbit/s, CPU x 4', latency: 562, kbits: 1440, upKbits: 675, cpu: 4 };

/** Without a request under way for so long a page has fetched what it fetches by itself. */
const QUIET_MS = 2000;
/** Between two presses of Enter. */
const AGAIN_MS = 250;
const LIMIT_MS = 90_000;

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** The times of a load in milliseconds since the navigation. Enter is pressed at once, or when nothing is fetched any more. */
export async function loaded(client, isPressedAtOnce) {
  return withFreshPage(async (page) => {
    const line = await slow(page);
    await page.open(client.address, watch, { ...client, beginning: '', stored: null, probe: false });
    await ready(page, client);
    const settled = isPressedAtOnce ? NaN : await line.quiet(page);
    const kb = isPressedAtOnce ? NaN : line.kb();
    let tries = 0;
    const takesText = () => {
      tries += 1;
      return typed(page, client);
    };
    await until(takesText, `${client.name}: the composer takes no text`);
    const taken = await page.evaluate(() => performance.now());
    await until(() => pressed(page, isPressedAtOnce ? AGAIN_MS : LIMIT_MS), `${client.name}: no request left`);
    const { noted, paint } = await page.evaluate(look);
    return {
      paint,
      // What is asked from outside is answered late; the page itself noted when the composer came.
      composer: tries === 1 ? noted.composer : taken,
      leaves: noted.leaves,
      kb: isPressedAtOnce ? line.kb() : kb,
      settled,
      answer: noted.leaves - noted.enter,
      cls: layoutShift(noted.shifts),
    };
  });
}

/** Presses Enter and waits for a request; `true` once one has left. */
async function pressed(page, patience) {
  await page.pressEnter();
  for (const start = Date.now(); Date.now() - start < patience; await sleep(20)) {
    const { noted } = await page.evaluate(look);
    if (noted.leaves !== null) return true;
  }
  return false;
}

function look() {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return { noted: globalThis.benchmark.noted, paint: paint?.startTime };
}

async function until(holds, otherwise) {
  for (const start = Date.now(); !(await holds()); await sleep(20)) {
    if (Date.now() - start > LIMIT_MS) throw new Error(otherwise);
  }
}

/** Slows line and processor; what is fetched is counted as it comes over the line. */
async function slow(page) {
  const underWay = new Set();
  let [bytes, last] = [0, Date.now()];
  page.on('Network.requestWillBeSent', ({ requestId }) => underWay.add(requestId));
  const ends = ({ requestId, encodedDataLength }) => {
    underWay.delete(requestId);
    bytes += encodedDataLength ?? 0;
    last = Date.now();
  };
  page.on('Network.loadingFinished', ends);
  page.on('Network.loadingFailed', ends);
  await page.send('Network.enable');
  await page.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LINE.latency,
    downloadThroughput: (LINE.kbits * 1000) / 8,
    uploadThroughput: (LINE.upKbits * 1000) / 8,
  });
  await page.send('Emulation.setCPUThrottlingRate', { rate: LINE.cpu });
  return {
    kb: () => bytes / 1024,
    /** Waits until nothing has been under way for a while; gives when the last byte came. */
    async quiet(page) {
      for (const start = Date.now(); underWay.size > 0 || Date.now() - last < QUIET_MS; await sleep(50)) {
        if (Date.now() - start > LIMIT_MS) throw new Error('the page never ended to fetch');
      }
      return (await page.evaluate(() => performance.now())) - (Date.now() - last);
    },
  };
}
