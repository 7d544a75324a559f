// The suite `decode`: bytes to typed deltas, ours beside the peers, as a table with the goals.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BEFORE, BENCHES, build } from './build.mjs';
import { withPage } from './browser.mjs';
import { median, ratio, short, table } from './report.mjs';

const MIB = 1 << 20;
const REFERENCE = 'eventsource-parser';
const CRATES = ['sse-stream', 'sse-stream, chunks from JS'];
const READ_LOOP = '(ReadableStream, read only)';
/** Goals 7 to 9 of the performance reference, as ratios, and milliseconds per MB. */
const GOALS = { reference: 2, stretch: 5, crate: 1.2, msPerMb: 1.5, growth: 2.2, readLoop: 1.5, before: 1.1 };

/** `event`: each event comes as a chunk of its own. */
const CHUNKS = { '64k': 65536, '1k': 1024, '1b': 1, event: null };
const PLAN = ['chat', 'responses', 'anthropic']
  .flatMap((format) => ['64k', '1k', '1b'].map((chunk) => `${format}:${chunk}`))
  .concat('giant:1k:2', 'giant:1k:4', 'chat:event', 'lines:64k', 'lines:1k', 'lines:event', 'socket:event');
/** The cells that have the same events. */
const FRAMINGS = { chat: 'SSE', lines: 'NDJSON', socket: 'WebSocket' };

const HELP = `cargo xtask bench decode [options]
  --rounds 15                  measured rounds a cell
  --plan chat:1k,giant:1k:2    cells, as format:chunk[:MB]; formats chat lines socket responses anthropic giant,
                               chunks 64k 1k 1b, and event: a chunk (a message) each
  --only REGEX                 candidates by name
  --builds page,z,3            our builds beside each other: page (as shipped), z, s, 2, 3, 3-O3, memchr
  --against FOLDER             our build of another checkout takes part in the same rounds
  --strict                     exit 1 if a goal is missed
A wrong text is a failure in any case.`;

/** Runs the suite, prints the tables; the exit code. */
export async function decode(options) {
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const builds = await build(String(options.builds ?? 'page').split(','), options.against);
  const labels = builds.map(({ build }) => ({ build: `ours-${build}`, label: ourName(build) }));
  const rounds = Number(options.rounds ?? 15);
  const plan = String(options.plan ?? PLAN).split(',').map(cell);
  const { version, cells, asides } = await withPage('decodeBench', async (page, version) => {
    const names = await page.evaluate((list) => globalThis.decodeBench.load(list), labels);
    const asides = names.filter(({ aside }) => aside).map(({ name }) => name);
    const cells = [];
    for (const planned of plan) {
      process.stderr.write(`${planned.title}\n`);
      const setting = { ...planned, rounds, only: options.only ?? '' };
      cells.push({ ...planned, ...(await page.evaluate((what) => globalThis.decodeBench.run(what), setting)) });
    }
    return { version, cells, asides };
  });
  console.log(surroundings(version, rounds, builds));
  console.log(speeds(cells, asides));
  if (cells.some(({ format }) => format === 'socket')) console.log(`\n${framings(cells)}`);
  const names = builds.map(({ build }) => ourName(build));
  const verdicts = names.filter((name) => name !== ourName(BEFORE)).flatMap((name) => goals(cells, name));
  if (verdicts.length > 0) console.log(`\n${table(['goal', 'to reach', 'measured', ''], verdicts)}`);
  const wrong = cells.flatMap(({ title, results }) =>
    Object.entries(results).flatMap(([name, { wrong }]) => (wrong ? [`${title}: ${name}: ${wrong}`] : [])),
  );
  for (const line of wrong) console.log(`\nwrong text: ${line}`);
  // A peer that loses text only loses its numbers.
  const oursIsWrong = wrong.some((line) => line.includes(': tokenfall'));
  const missed = verdicts.some((verdict) => verdict.at(-1) === 'missed');
  return oursIsWrong || (options.strict && missed) ? 1 : 0;
}

/** `tokenfall (before)` is that of another checkout. */
const ourName = (build) => (build === 'page' ? 'tokenfall' : `tokenfall (${build})`);
/** The three ways in which each of our builds is fed. */
const WAYS = ['', ', no JS border', ', from a ReadableStream'];

function cell(text) {
  const [format, chunk, mb] = text.split(':');
  if (!(chunk in CHUNKS)) throw new Error(`no chunks named ${chunk}; there are: ${Object.keys(CHUNKS)}`);
  const size = Number(mb ?? (chunk === '1b' ? 0.0625 : 4)) * MIB;
  const pieces = chunk === 'event' ? 'one each' : chunk;
  const title = format === 'giant' ? `one ${mb ?? 4} MB event, ${chunk}` : `${format}, ${pieces}`;
  return { format, chunk, chunkSize: CHUNKS[chunk], size, title };
}

function surroundings(version, rounds, builds) {
  const sizes = builds.map(({ build, bytes }) => `${ourName(build)} ${(bytes / 1024).toFixed(1)} KB of wasm`);
  const lock = JSON.parse(fs.readFileSync(path.join(BENCHES, 'package-lock.json'), 'utf8')).packages;
  const npm = ['eventsource-parser', 'openai', '@anthropic-ai/sdk'].map(
    (name) => `${name} ${lock[`node_modules/${name}`].version}`,
  );
  const manifest = fs.readFileSync(path.join(BENCHES, 'decoders/Cargo.toml'), 'utf8');
  const crates = ['sseer', 'sse-stream'].map(
    (name) => `${name} ${manifest.match(new RegExp(`^${name} = .*"=([^"]+)"`, 'm'))[1]}`,
  );
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; Chromium ${version}; ${os.cpus().length} x ${os.cpus()[0].model}, load ${load}; median of ${rounds} rounds.
${[...npm, ...crates].join(', ')}; ${sizes.join(', ')}.\n`;
}

/** MB/s, and in brackets the ratio to the reference in the same round. */
function speeds(cells, asides) {
  const names = [...new Set(cells.flatMap(({ results }) => Object.keys(results)))];
  const rows = [...names.filter((name) => !asides.includes(name)), ...names.filter((name) => asides.includes(name))];
  return table(
    ['MB/s (x eventsource-parser)', ...cells.map(({ title }) => title)],
    rows.map((name) => [
      name,
      ...cells.map(({ results, bytes }) => {
        const own = results[name];
        if (!own) return '-';
        if (own.wrong) return 'wrong';
        const speed = short(bytes / MIB / (median(own.ms) / 1000));
        const reference = results[REFERENCE];
        return reference?.ms.length === own.ms.length ? `${speed} (${short(ratio(reference, own))})` : speed;
      }),
    ]),
  );
}

/** Nanoseconds an event: what parts the same events costs bytes, so their number is what compares. */
function framings(cells) {
  const same = cells.filter(({ format, chunk }) => format in FRAMINGS && chunk !== '1b');
  const names = [...new Set(same.flatMap(({ results }) => Object.keys(results)))];
  return table(
    ['ns an event', ...same.map(({ format, chunk }) => `${FRAMINGS[format]}, ${chunk === 'event' ? 'one each' : chunk}`)],
    names.map((name) => [
      name,
      ...same.map(({ results, events }) => {
        const own = results[name];
        if (!own?.ms.length) return '-';
        return own.wrong ? 'wrong' : short((median(own.ms) * 1e6) / events);
      }),
    ]),
  );
}

function goals(cells, name) {
  const verdicts = [];
  const judge = (what, wanted, measured, reached) =>
    verdicts.push([`${name}: ${what}`, wanted, measured, reached ? 'reached' : 'missed']);
  const atLeast = (what, times, measured) => judge(what, `>= ${times} x`, `${short(measured)} x`, measured >= times);
  for (const { title, results } of cells) {
    const own = results[name];
    if (!own?.ms.length) continue;
    const against = (other, more) => results[other]?.ms.length && more(ratio(results[other], own));
    against(REFERENCE, (times) => {
      atLeast(`${title}: ${REFERENCE}`, GOALS.reference, times);
      atLeast(`${title}: stretch`, GOALS.stretch, times);
    });
    for (const crate of CRATES) against(crate, (times) => atLeast(`${title}: ${crate}`, GOALS.crate, times));
    for (const way of WAYS) {
      const [now, before] = [results[`${name}${way}`], results[`${ourName(BEFORE)}${way}`]];
      if (!now?.ms.length || now.ms.length !== before?.ms.length) continue;
      const times = 1 / ratio(before, now);
      judge(`${title}${way}: time of the one before`, `<= ${GOALS.before} x`, `${short(times)} x`, times <= GOALS.before);
    }
    const streamed = results[`${name}, from a ReadableStream`];
    if (title.endsWith('1b') && streamed?.ms.length && results[READ_LOOP]?.ms.length) {
      const times = ratio(streamed, results[READ_LOOP]);
      judge(`${title}: the bare read loop's time`, `<= ${GOALS.readLoop} x`, `${short(times)} x`, times <= GOALS.readLoop);
    }
  }
  const giants = cells.filter(({ format, results }) => format === 'giant' && results[name]?.ms.length);
  for (const { title, size, results } of giants) {
    const perMb = median(results[name].ms) / (size / MIB);
    judge(title, `<= ${GOALS.msPerMb} ms/MB`, `${short(perMb)} ms/MB`, perMb <= GOALS.msPerMb);
  }
  if (giants.length === 2) {
    const [small, large] = giants.map(({ results }) => median(results[name].ms));
    judge('one event, 4 MB to 2 MB', `<= ${GOALS.growth} x`, `${short(large / small)} x`, large / small <= GOALS.growth);
  }
  return verdicts;
}
