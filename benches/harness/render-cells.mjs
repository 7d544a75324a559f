// What the render suite measures: the cells, the candidates, and the goals over them.

/** Flat out: a delta a task, as fast as they are taken. */
const flat = (title, shape, size, capS) => ({ title, shape, size, capS, rate: 0, seconds: 0, behind: 0 });

/** So many deltas a second for 4 seconds, with so much on the screen already. */
const paced = (rate, behind) => ({
  title: `${rate.toLocaleString('en')} tokens/s behind ${behind / 1000} KB`,
  shape: 'mixed',
  size: behind + 40_000,
  rate,
  seconds: 4,
  behind,
  capS: 20,
});

export const CELLS = {
  '10k': flat('10 KB', 'mixed', 10_000, 10),
  '100k': flat('100 KB', 'mixed', 100_000, 20),
  '500k': flat('500 KB', 'mixed', 500_000, 75),
  code: flat('one code block of 200 KB', 'code', 200_000, 10),
  list: flat('one list of 100 KB', 'list', 100_000, 20),
  paragraph: flat('one paragraph of 100 KB', 'paragraph', 100_000, 15),
  table: flat('one table of 50 KB', 'table', 50_000, 10),
  nested: flat('lists 16 deep, 40 KB', 'nested', 40_000, 10),
  '200@10k': paced(200, 10_000),
  '200@100k': paced(200, 100_000),
  '200@400k': paced(200, 400_000),
  '1000@100k': paced(1000, 100_000),
  bytes: { ...flat('bytes in 1 KB chunks, 100 KB of text', 'mixed', 100_000, 20), isBytes: true },
};

export const OURS = 'tokenfall';
/** Ours of another checkout. */
export const BEFORE = 'tokenfall, before';
export const REFERENCE = 'streaming-markdown';
/** The same fed once a frame, which is not how it is published. */
export const PER_FRAME = 'streaming-markdown, per frame';
export const FLOOR = '(plain paragraphs, per frame)';
export const NOOP = '(no-op)';
export const PIPELINE = 'eventsource-parser + JSON.parse + smd';
export const PIPELINE_PER_FRAME = 'eventsource-parser + JSON.parse + smd, per frame';

/** Modules below /renderers/. Who is slow redraws all of its text: it is stopped early, for one round says enough. */
export const CANDIDATES = [
  { module: 'noop' },
  { module: 'ours' },
  { module: 'before', isBefore: true },
  { module: 'smd' },
  { module: 'smd-frame' },
  { module: 'plain' },
  { module: 'streamdown', isSlow: true },
  { module: 'react-markdown', isSlow: true },
  { module: 'markstream', isSlow: true },
  { module: 'marked', isSlow: true },
];
export const STREAMED = [
  { module: 'noop' },
  { module: 'stream-ours' },
  { module: 'stream-before', isBefore: true },
  { module: 'stream-smd' },
  { module: 'stream-smd-frame' },
];

/** How much more than the one before ours may need in any cell. */
export const NOT_WORSE = 1.1;

/** `{ cell, what, limit, of(row(name)) }`; `of` gives undefined where a candidate did not run to the end. */
export const GOALS = [
  atMost('100k', 'net CPU, x smd', 0.5, ({ net }) => net(OURS) / net(REFERENCE)),
  atMost('100k', 'net CPU, x plain paragraphs', 3.5, ({ net }) => net(OURS) / net(FLOOR)),
  atMost('100k', 'heap, x smd', 1.1, ({ of }) => of(OURS, 'heap') / of(REFERENCE, 'heap')),
  atMost('100k', 'nodes, x smd', 0.35, ({ of }) => of(OURS, 'nodes') / of(REFERENCE, 'nodes')),
  atMost('500k', 'CPU, x smd', 0.08, ({ of }) => of(OURS, 'cpu') / of(REFERENCE, 'cpu')),
  atMost('500k', 'CPU, x plain paragraphs', 1.4, ({ of }) => of(OURS, 'cpu') / of(FLOOR, 'cpu')),
  atMost('500k', 'growth exponent', 1.1, ({ of }) => of(OURS, 'growth')),
  atMost('code', 'CPU, x no-op', 2, ({ of }) => of(OURS, 'cpu') / of(NOOP, 'cpu')),
  atMost('code', 'longest task, ms', 50, ({ of }) => of(OURS, 'longestTask')),
  atMost('paragraph', 'net CPU, x smd', 0.06, ({ net }) => net(OURS) / net(REFERENCE)),
  atMost('table', 'net CPU, x smd', 0.45, ({ net }) => net(OURS) / net(REFERENCE)),
  atMost('nested', 'net CPU, x smd', 0.65, ({ net }) => net(OURS) / net(REFERENCE)),
  atMost('200@100k', 'CPU, x smd', 0.5, ({ of }) => of(OURS, 'cpu') / of(REFERENCE, 'cpu')),
  atMost('200@400k', 'CPU, x smd', 0.25, ({ of }) => of(OURS, 'cpu') / of(REFERENCE, 'cpu')),
  atMost('1000@100k', 'CPU, x smd', 0.5, ({ of }) => of(OURS, 'cpu') / of(REFERENCE, 'cpu')),
  atMost('1000@100k', 'longest task, ms', 50, ({ of }) => of(OURS, 'longestTask')),
  atMost('1000@100k', 'frames lost beyond the no-op', 0, ({ of }) => of(OURS, 'lost') - of(NOOP, 'lost')),
  atMost('bytes', 'net CPU, x the JavaScript pipeline', 0.4, ({ net }) => net(OURS) / net(PIPELINE)),
];

function atMost(cell, what, limit, of) {
  return { cell, what, limit, of };
}
