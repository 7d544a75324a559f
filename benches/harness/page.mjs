// The suite `page`: our page beside the web UI of the llama.cpp server that answers both, as tables with the goals.

import os from 'node:os';
import { answered } from './answer.mjs';
import { withFreshPage } from './chromium.mjs';
import { OURS, PEER, PROMPT, clients, sampling } from './clients.mjs';
import { LISTED, TEXT_MB, TURNS, openedList, openedLong, steady, typedWhileStreaming } from './history.mjs';
import { host, relay } from './host.mjs';
import { RULES, guarded, rules } from './guard.mjs';
import { LINE, loaded } from './load.mjs';
import { LANES, RATE, lab, raced } from './race.mjs';
import { median, short, table } from './report.mjs';

const CELLS = ['answer', 'frames', 'load', 'long', 'list', 'journal', 'race', 'guard'];

/** Our page without a database. */
const WITHOUT = 'nothing kept';

const HELP = `cargo xtask bench page [options]
  --rounds 5            rounds of each table; ours and the peer take turns, a fresh browser each
  --tokens 400          length of the answer
  --only answer,frames  tables: ${CELLS.join(' ')}
  --trace               what the longest tasks of a race were made of, on stderr
  --pictures FOLDER     a picture of each page at the end of each answer
  --strict              exit 1 if a goal is missed
A text that is not the server's, another number of tokens or a setting that was not taken is a failure in any case.`;

/** Runs the suite, prints the tables; the exit code. */
export async function page(options) {
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (process.platform !== 'linux') throw new Error("the browser's processor time is read from /proc: Linux only");
  const rounds = Number(options.rounds ?? 5);
  const tokens = Number(options.tokens ?? 400);
  const only = options.only ? String(options.only).split(',') : CELLS;
  const unknown = only.filter((name) => !CELLS.includes(name));
  if (unknown.length > 0) throw new Error(`no table named ${unknown}; there are: ${CELLS}`);

  const { TOKENFALL_DIST: dist, TOKENFALL_MODEL_URL: url, TOKENFALL_MODEL: name } = process.env;
  const server = await relay(url.replace(/\/v1$/, ''));
  const settings = { preset: 'llama.cpp', base_url: `${server.address}/v1`, model: name };
  const ours = await host(dist, { '/tokenfall.json': JSON.stringify(settings) });
  try {
    const both = clients(ours.address, server.address, name);
    console.log(await surroundings(rounds));
    const verdicts = [];
    if (only.some((name) => ['answer', 'frames', 'journal'].includes(name))) {
      const expected = await reference(server, name, tokens);
      const how = { server, tokens, expected, pictures: options.pictures };
      if (only.includes('answer')) verdicts.push(...(await answers(both, rounds, how)));
      if (only.includes('frames')) verdicts.push(...(await frames(both, rounds, how)));
      if (only.includes('journal')) verdicts.push(...(await journal(both, rounds, how)));
    }
    if (only.includes('load')) verdicts.push(...(await loads(both, rounds, server)));
    if (only.includes('long')) verdicts.push(...(await long(ours.address, url, name, rounds)));
    if (only.includes('list')) verdicts.push(...(await list(both, rounds)));
    if (only.includes('guard')) verdicts.push(...(await guard(ours.address, rounds)));
    if (only.includes('race')) verdicts.push(...(await race(ours.address, rounds, options.trace)));
    console.log(table(['goal', 'to reach', 'measured', ''], verdicts));
    return options.strict && verdicts.some((verdict) => verdict.at(-1) === 'missed') ? 1 : 0;
  } finally {
    ours.close();
    server.close();
  }
}

/** The answer that both have to show, asked for without a browser. */
async function reference(server, model, tokens) {
  const body = { model, messages: [{ role: 'user', content: PROMPT }], stream: true, ...sampling(tokens) };
  const kept = server.next();
  const answer = await fetch(`${server.address}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  await answer.arrayBuffer();
  const { text, tokens: written } = await kept;
  if (written !== tokens) throw new Error(`the model wrote ${written} tokens, not ${tokens}`);
  return text;
}

/** Ours and the peer in turns, each first in every second round: `{ name: [result, …] }`. */
async function inTurns(both, rounds, what, run) {
  const results = Object.fromEntries(both.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const client of round % 2 ? both.toReversed() : both) {
      process.stderr.write(`${what}: round ${round + 1}, ${client.name}\n`);
      results[client.name].push(await run(client, round));
    }
  }
  return results;
}

async function answers(both, rounds, how) {
  const results = await inTurns(both, rounds, 'answer', (client) => answered(client, how));
  const rows = [
    ['Enter to the first glyph, ms', 'glyph'],
    ['CPU of the whole browser, s', 'cpu'],
    ['main thread busy, ms', 'busy'],
    ['of it script, ms', 'script'],
    ['of it style, ms', 'style'],
    ['of it layout, ms', 'layout'],
    ['DOM nodes (CDP count)', 'nodes', 0],
    ['JavaScript heap, MB', 'heap'],
    ['wasm memory, MB', 'wasm'],
    ['idle before the question, CPU ms a second', 'idle'],
    ['CLS, from the load to the end of the answer', 'cls', 3],
  ];
  console.log(`### An answer of ${how.tokens} tokens (${how.expected.length} characters), ${rounds} rounds\n`);
  console.log(`${compared(results, rows)}\n`);
  return [atMost('CPU of the whole browser, x peer', 0.3, ratio(results, 'cpu'))];
}

async function frames(both, rounds, how) {
  const results = await inTurns(both, rounds, 'frames', (client) => answered(client, { ...how, probe: true }));
  const rows = [
    ['frames', 'frames', 0],
    ['over 17 ms', 'over17', 0],
    ['over 34 ms', 'over34', 0],
    ['over 50 ms', 'over50', 0],
    ['longest, ms', 'longest'],
    ['CPU of the whole browser, s', 'cpu'],
  ];
  console.log(`### Frames of such an answer, with a probe that asks for each frame, ${rounds} rounds\n`);
  console.log(`${compared(results, rows)}\n`);
  return [];
}

async function loads(both, rounds, server) {
  server.state.answers = false;
  const pressed = await inTurns(both, rounds, 'load, Enter at once', (client) => loaded(client, true));
  const waited = await inTurns(both, rounds, 'load, Enter when idle', (client) => loaded(client, false));
  server.state.answers = true;
  console.log(`### The first load on a slow line (${LINE.title}), an empty cache, ${rounds} rounds each\n`);
  const rows = [
    ['first paint, ms', 'paint'],
    ['composer takes text, ms', 'composer'],
    ['Enter pressed at once: the request leaves, ms', 'leaves'],
    ['fetched by then, KB', 'kb'],
  ];
  const idle = [
    ['idle loading has ended, ms', 'settled'],
    ['fetched by then, KB', 'kb'],
    ['Enter pressed then: the request leaves after, ms', 'answer'],
    ['CLS', 'cls', 3],
  ];
  console.log(`${compared(pressed, rows)}\n\n${compared(waited, idle)}\n`);
  return [
    atMost('slow line: composer takes text, ms', 2200, of(pressed[OURS], 'composer')),
    atMost('slow line: request leaves after navigation, ms', 4200, of(pressed[OURS], 'leaves')),
    atMost('slow line: request leaves after Enter once idle loading has ended, ms', 100, of(waited[OURS], 'answer')),
    atMost('slow line: CLS', 0, of(waited[OURS], 'cls'), 3),
  ];
}

/** The same answer in our page with and without a database. */
async function journal([ours], rounds, how) {
  const without = { ...ours, name: WITHOUT, keepsNothing: true };
  const results = await inTurns([ours, without], rounds, 'journal', (client) => answered(client, how));
  const times = median(results[OURS].map(({ cpu }, round) => cpu / results[WITHOUT][round].cpu));
  const row = ([title, key]) => [title, ...[OURS, WITHOUT].map((name) => short(of(results[name], key)))];
  const rows = [
    ['CPU of the whole browser, s', 'cpu'],
    ['main thread busy, ms', 'busy'],
  ];
  console.log(`### The same answer with and without the journal, ${rounds} rounds\n`);
  console.log(`${table(['', OURS, WITHOUT], rows.map(row))}\n`);
  return [atMost('journal: CPU, x without it', 1.1, times)];
}

/** A long conversation that was kept: opening it, its memory, and typing in it while an answer streams. */
async function long(page, url, name, rounds) {
  const server = await steady(url.replace(/\/v1$/, ''));
  try {
    const both = clients(page, server.address, name);
    const opened = await inTurns(both, rounds, 'long conversation', (client) => openedLong(client));
    const typed = await inTurns(both, rounds, 'typing', (client) => typedWhileStreaming(client, server));
    console.log(`### A kept conversation of ${TURNS} turns and ${TEXT_MB} MB of text, ${rounds} rounds\n`);
    const rows = [
      ['its last words are shown after, ms', 'shown'],
      ['longest task meanwhile, ms', 'longest'],
      ['memory of the renderer for each MB of text, MB', 'memory'],
      ['memory of the renderer, MB', 'all'],
    ];
    const keys = [
      ['typing while an answer streams: longest task, ms', 'longest'],
      ['longest wait from a key to the frame, ms', 'key'],
      ['all that was typed is there', 'typed', 0],
    ];
    console.log(`${compared(opened, rows)}\n\n${compared(typed, keys)}\n`);
    return [
      atMost('long conversation: last words shown, ms', 300, of(opened[OURS], 'shown')),
      atMost('typing in it during a stream: longest task, ms', 50, of(typed[OURS], 'longest')),
      atMost('memory for each MB of text, MB', 50, of(opened[OURS], 'memory')),
    ];
  } finally {
    server.close();
  }
}

async function list(both, rounds) {
  const results = await inTurns(both, rounds, 'list', (client) => openedList(client));
  const rows = [
    ['the list is shown after, ms', 'shown'],
    ['longest task meanwhile, ms', 'longest'],
    ['rows in the page', 'rows', 0],
  ];
  console.log(`### A list of ${LISTED.toLocaleString('en')} kept conversations, ${rounds} rounds\n`);
  console.log(`${compared(results, rows)}\n`);
  return [atMost('list of 10,000: shown, ms', 100, of(results[OURS], 'shown'))];
}

/** An answer of ours behind fifty rules and behind none, in turns. */
async function guard(page, rounds) {
  const server = await lab();
  const sets = { [`${RULES} rules`]: rules(), 'no rules': [] };
  const results = Object.fromEntries(Object.keys(sets).map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const name of round % 2 ? Object.keys(sets).toReversed() : Object.keys(sets)) {
        process.stderr.write(`guard: round ${round + 1}, ${name}\n`);
        results[name].push(await guarded(page, server.address, sets[name]));
      }
    }
  } finally {
    server.close();
  }
  const names = Object.keys(sets);
  const rows = [
    ['tasks over 50 ms', 'tasks', 0],
    ['longest task, ms', 'longest'],
    ['CPU of the whole browser, s', 'cpu'],
    ['main thread busy, ms', 'busy'],
    ['of it script, ms', 'script'],
  ];
  const line = ([title, key, decimals]) => [title, ...names.map((name) => written(of(results[name], key), decimals))];
  console.log(`### An answer at ${RATE} tokens a second behind rules, ${rounds} rounds\n`);
  console.log(`${table(['', ...names], rows.map(line))}\n`);
  const tasks = Math.max(...results[names[0]].map(({ tasks }) => tasks));
  return [atMost(`guard with ${RULES} rules: tasks over 50 ms in any round`, 0, tasks, 0)];
}

/** Our race, which the peer has not: `trace` writes what its longest tasks were made of to stderr, in a round of its own. */
async function race(page, rounds, trace) {
  const server = await lab();
  const results = [];
  let longest;
  try {
    for (let round = 0; round < rounds; round += 1) {
      process.stderr.write(`race: round ${round + 1}\n`);
      const result = await raced(page, server.address);
      if (result.when.length > 0) process.stderr.write(`long tasks: ${result.when.join(', ')}\n`);
      results.push(result);
    }
    const traced = await raced(page, server.address, { trace: true });
    if (trace) process.stderr.write(`${JSON.stringify(traced.traced, null, 1)}\n`);
    longest = traced.traced[0].own;
  } finally {
    server.close();
  }
  const rows = [
    ['from the start to the table, s', 'seconds'],
    ['tasks over 50 ms', 'tasks', 0],
    ['CPU of the whole browser, s', 'cpu'],
    ['main thread busy, ms', 'busy'],
    ['of it script, ms', 'script'],
    ['of it style, ms', 'style'],
    ['of it layout, ms', 'layout'],
    ['frames', 'frames', 0],
    ['over 17 ms', 'over17', 0],
    ['over 34 ms', 'over34', 0],
    ['over 50 ms', 'over50', 0],
    ['longest, ms', 'gap'],
  ];
  const line = ([title, key, decimals]) => {
    const values = results.map((result) => result[key]);
    const range = `${written(Math.min(...values), decimals)} to ${written(Math.max(...values), decimals)}`;
    return [title, written(of(results, key), decimals), range];
  };
  console.log(`### A race of ${LANES} lanes at ${RATE} tokens a second each, ${rounds} rounds\n`);
  console.log(`${table(['', OURS, 'range'], [...rows.map(line), ['longest task of one more round, traced, its own time, ms', written(longest), '']])}\n`);
  const tasks = Math.max(...results.map(({ tasks }) => tasks));
  return [
    atMost('race of four lanes: tasks over 50 ms in any round', 0, tasks, 0),
    atMost('race of four lanes: longest task, its own time, ms', 50, longest),
  ];
}

/**
 * The medians of both, and the median of the ratios within the rounds, since a round's load hits both. Each row is a
 * title, a key of the results, and the decimals if they matter.
 */
function compared(results, rows) {
  const line = ([title, key, decimals]) => {
    const span = (name) => {
      const values = results[name].map((result) => result[key]);
      return `${written(Math.min(...values), decimals)} to ${written(Math.max(...values), decimals)}`;
    };
    const times = ratio(results, key);
    const medians = [OURS, PEER].map((name) => written(of(results[name], key), decimals));
    return [title, ...medians, Number.isFinite(times) ? short(times) : '', span(OURS), span(PEER)];
  };
  return table(['', OURS, PEER, 'ratio', 'range of ours', "of the peer's"], rows.map(line));
}

const of = (results, key) => median(results.map((result) => result[key]));
const ratio = (results, key) => median(results[OURS].map((result, round) => result[key] / results[PEER][round][key]));

function atMost(what, limit, measured, decimals) {
  return [what, `<= ${limit.toLocaleString('en')}`, written(measured, decimals), measured <= limit ? 'reached' : 'missed'];
}

/** With three digits, or as many decimals as matter. */
function written(number, decimals) {
  return decimals === undefined ? short(number) : number.toLocaleString('en', { maximumFractionDigits: decimals });
}

async function surroundings(rounds) {
  const product = await withFreshPage(({ product }) => product);
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; ${product}; ${os.cpus().length} x ${os.cpus()[0].model}, load ${load}; medians of ${rounds} rounds.\n`;
}
