// The suite `checks`: structured output beside the peers, and what a guard costs a session, as tables with the goals.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BENCHES, buildChecks } from './build.mjs';
import { withPage } from './browser.mjs';
import { median, ratio, short, table } from './report.mjs';

const KB = 1024;
const OURS = ['tokenfall, with a schema', 'tokenfall'];
const PEER = 'partial-json';
const [PLAIN, UNGUARDED, GUARDED] = ['session, never told of guards', 'session without rules', 'session with 50 rules'];
/** As ratios, and milliseconds. A page draws no frame while a task runs, and 50 ms are what a person notices. */
const GOALS = { peer: 1, unguarded: 1.05, task: 50 };
/** Tokens a second, of which each comes as an event. */
const PACE = 200;

const JSON_CELLS = [
  { title: '100 KB, 20 B', size: 100 * KB, pieceSize: 20 },
  { title: '100 KB, 1 KB', size: 100 * KB, pieceSize: KB },
  { title: '1 MB, 20 B', size: KB * KB, pieceSize: 20 },
  { title: '1 MB, 1 KB', size: KB * KB, pieceSize: KB },
];
const GUARD_CELLS = [
  { title: 'chat, 64k', size: 4 * KB * KB, chunkSize: 64 * KB },
  { title: 'chat, 1k', size: 4 * KB * KB, chunkSize: KB },
  { title: 'chat, one each', size: 4 * KB * KB, chunkSize: null },
];

const HELP = `cargo xtask bench checks [options]
  --rounds 15      measured rounds a cell; who needs more than 2 s runs twice
  --only REGEX     cells by their title, as "json: 1 MB, 1 KB" or "guard: chat, 64k"
  --strict         exit 1 if a goal is missed
A wrong value or text is a failure in any case.`;

/** Runs the suite, prints the tables; the exit code. */
export async function checks(options) {
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const bytes = await buildChecks();
  const rounds = Number(options.rounds ?? 15);
  const wanted = new RegExp(options.only ?? '');
  const { version, ready, json, guard } = await withPage('checksBench', async (page, version) => {
    const ready = await page.evaluate(() => globalThis.checksBench.load());
    const measured = async (kind, plan) => {
      const cells = [];
      for (const cell of plan.filter(({ title }) => wanted.test(`${kind}: ${title}`))) {
        process.stderr.write(`${kind}: ${cell.title}\n`);
        const what = { kind, cell: { ...cell, rounds } };
        const found = await page.evaluate(({ kind, cell }) => globalThis.checksBench[kind](cell), what);
        cells.push({ ...cell, kind, ...found });
      }
      return cells;
    };
    return { version, ready, json: await measured('json', JSON_CELLS), guard: await measured('guard', GUARD_CELLS) };
  });
  console.log(surroundings(version, rounds, bytes));
  if (json.length > 0) console.log(`${structured(json)}\n\n${calls('longest call, ms', json)}\n`);
  if (guard.length > 0) console.log(`${guarding(guard)}\n\n${calls('longest call, ms', guard)}\n`);
  const verdicts = [...coldGoals(ready), ...json.flatMap(jsonGoals), ...guard.flatMap(guardGoals)];
  console.log(table(['goal', 'to reach', 'measured', ''], verdicts));
  const wrong = [...json, ...guard].flatMap(({ kind, title, results }) =>
    Object.entries(results).flatMap(([name, { wrong }]) => (wrong ? [`${kind}: ${title}: ${name}: ${wrong}`] : [])),
  );
  for (const line of wrong) console.log(`\nwrong: ${line}`);
  const missed = verdicts.some((verdict) => verdict.at(-1) === 'missed');
  const isOurs = (line) => !line.includes(PEER) && !line.includes('JSON.parse');
  return wrong.some(isOurs) || (options.strict && missed) ? 1 : 0;
}

function surroundings(version, rounds, bytes) {
  const lock = JSON.parse(fs.readFileSync(path.join(BENCHES, 'package-lock.json'), 'utf8')).packages;
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${os.cpus().length} x ${os.cpus()[0].model}, load ${load}`;
  return `${day}; Chromium ${version}; ${machine}; median of ${rounds} rounds.
partial-json ${lock[`node_modules/${PEER}`].version}; ${(bytes / KB).toFixed(0)} KB of wasm with guard and validator.\n`;
}

const namesOf = (cells) => [...new Set(cells.flatMap(({ results }) => Object.keys(results)))];

/** Milliseconds for all pieces, and in brackets how many times as fast as the peer. */
function structured(cells) {
  return table(
    ['ms for the whole (x partial-json)', ...cells.map(({ title }) => title)],
    namesOf(cells).map((name) => [
      name,
      ...cells.map(({ results }) => {
        const own = results[name];
        if (!own) return 'n/a';
        if (own.wrong) return 'wrong';
        const times = overPeer(results, own);
        return times ? `${short(median(own.ms))} (${short(times)})` : short(median(own.ms));
      }),
    ]),
  );
}

/** A peer that needs seconds ran once, so there are no rounds to compare with: the medians are compared. */
function overPeer(results, own) {
  const peer = results[PEER];
  return peer?.ms.length && own?.ms.length ? median(peer.ms) / median(own.ms) : null;
}

function guarding(cells) {
  return table(
    ['ns an event (x a session never told)', ...cells.map(({ title }) => title)],
    namesOf(cells).map((name) => [
      name,
      ...cells.map(({ results, events }) => {
        const own = results[name];
        if (!own?.ms.length || own.wrong) return own?.wrong ? 'wrong' : '-';
        return `${short((median(own.ms) * 1e6) / events)} (${short(ratio(own, results[PLAIN]))})`;
      }),
    ]),
  );
}

/** The longest single call, and behind it that of the end. */
function calls(title, cells) {
  const timed = namesOf(cells).filter((name) => cells.some(({ results }) => results[name]?.calls));
  return table(
    [`${title} + at the end`, ...cells.map(({ title }) => title)],
    timed.map((name) => [
      name,
      ...cells.map(({ results }) => {
        const found = results[name]?.calls;
        if (!found) return 'n/a';
        return Number.isFinite(found.finish) ? `${short(found.longest)} + ${short(found.finish)}` : short(found.longest);
      }),
    ]),
  );
}

const verdict = (what, wanted, measured, isReached) => [what, wanted, measured, isReached ? 'reached' : 'missed'];

function taskGoal(kind, title, name, { calls }) {
  if (!calls) return [];
  const longest = Math.max(calls.longest, calls.finish);
  const what = `${kind}: ${title}: ${name}: longest call, ms`;
  return [verdict(what, `<= ${GOALS.task}`, short(longest), longest <= GOALS.task)];
}

/** What a page does once, at its first answer, is a task like any other. */
function coldGoals({ schemaMs, firstMs, rulesMs }) {
  const once = {
    'the longest step of making a schema ready': schemaMs,
    'its first piece of 1 KB': firstMs,
    'the longest step of making 50 rules ready': rulesMs,
  };
  return Object.entries(once).map(([what, ms]) => verdict(`cold: ${what}, ms`, `<= ${GOALS.task}`, short(ms), ms <= GOALS.task));
}

function jsonGoals({ title, results }) {
  return OURS.flatMap((name) => {
    const times = overPeer(results, results[name]);
    const faster = times
      ? [verdict(`json: ${title}: ${name}: ${PEER}`, `>= ${GOALS.peer} x`, `${short(times)} x`, times >= GOALS.peer)]
      : [];
    return [...faster, ...taskGoal('json', title, name, results[name])];
  });
}

function guardGoals({ title, results, events, chunkSize }) {
  const [plain, unguarded, guarded] = [PLAIN, UNGUARDED, GUARDED].map((name) => results[name]);
  const times = ratio(unguarded, plain);
  const cost = verdict(
    `guard: ${title}: without rules, the session's own time`,
    `<= ${GOALS.unguarded} x`,
    `${short(times)} x`,
    times <= GOALS.unguarded,
  );
  const goals = [cost, ...taskGoal('guard', title, GUARDED, guarded)];
  if (chunkSize === null && guarded.ms.length) {
    const perSecond = (median(guarded.ms) / events) * PACE;
    const what = `guard: 50 rules at ${PACE} tokens/s: ms of each second`;
    goals.push(verdict(what, '<= 10', short(perSecond), perSecond <= 10));
  }
  return goals;
}
