// The answers that the render suite draws: GitHub-flavoured Markdown from a seeded generator, of given shapes and lengths.

import { random } from './text.mjs';

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo za tion ment ing er al ous'.split(' ');
const COMMON =
  'the of to and a in is that for on with as it by from at this be or an not are which can when will each'.split(' ');
const RARE = ['naïve', 'Größe', '数据流', 'délai', '→', '✅', '🚀', 'ß-test', 'Ωmega', 'コード'];

/** Each gives about `size` UTF-16 units. */
export const SHAPES = {
  /** What models write: paragraphs, headings, lists, code, tables, tasks, quotes and rules. */
  mixed: (size) => {
    const { between, next, ...make } = writer(13);
    const blocks = [];
    let sinceHeading = 0;
    for (let length = 0; length < size; length += blocks.at(-1).length) {
      const which = next();
      sinceHeading += 1;
      if (sinceHeading > 5 && which < 0.5) {
        blocks.push(`${'#'.repeat(between(2, 4))} ${make.words(between(2, 6))}\n\n`);
        sinceHeading = 0;
      } else if (which < 0.42) blocks.push(make.paragraph());
      else if (which < 0.56) blocks.push(`${make.list(0, false)}\n`);
      else if (which < 0.64) blocks.push(`${make.list(0, true)}\n`);
      else if (which < 0.8) blocks.push(`\`\`\`${make.pick(['rust', 'js', 'python', 'bash', ''])}\n${make.code(between(5, 25))}\n\`\`\`\n\n`);
      else if (which < 0.88) blocks.push(`${make.table(between(3, 8))}\n`);
      else if (which < 0.92) blocks.push(`${make.tasks()}\n`);
      else if (which < 0.97) blocks.push(`${make.quote()}\n`);
      else blocks.push('---\n\n');
    }
    return blocks.join('');
  },
  /** One fenced block. */
  code: (size) => {
    const { code } = writer(14);
    return `Here it is:\n\n\`\`\`rust\n${filled(size, () => `${code(200)}\n`).slice(0, size)}\n\`\`\`\n`;
  },
  /** One list, some items with a list of their own. */
  list: (size) => {
    const { list } = writer(18);
    return filled(size, () => list(0, false));
  },
  paragraph: (size) => {
    const { sentence, between } = writer(16);
    return `${filled(size, () => `${sentence(between(8, 22))} `)}\n`;
  },
  table: (size) => writer(17).table(Math.floor(size / 60)),
  /** Lists in lists, sixteen deep. */
  nested: (size) => {
    const { sentence, between } = writer(15);
    const depths = Array.from({ length: 31 }, (_, at) => (at < 16 ? at : 30 - at));
    const item = (depth) => `${'  '.repeat(depth)}- ${sentence(between(2, 6))}\n`;
    return filled(size, () => depths.map(item).join(''));
  },
};

function filled(size, more) {
  const parts = [];
  for (let length = 0; length < size; length += parts.at(-1).length) parts.push(more());
  return parts.join('');
}

function writer(seed) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  const many = (count, make) => Array.from({ length: count }, make);
  const vocabulary = many(900, () => many(between(1, 3), () => pick(SYLLABLES)).join(''));
  const name = () => pick(vocabulary);
  const word = () => {
    const which = next();
    return which < 0.42 ? pick(COMMON) : which < 0.985 ? name() : pick(RARE);
  };
  const words = (count) => many(count, word).join(' ');
  const phrase = () => {
    const which = next();
    if (which < 0.03) return `**${words(between(1, 3))}**`;
    if (which < 0.05) return `*${words(between(1, 2))}*`;
    if (which < 0.09) return `\`${name()}_${name()}()\``;
    if (which < 0.105) return `[${words(2)}](https://example.test/${name()}/${between(1, 99)})`;
    if (which < 0.11) return `~~${word()}~~`;
    return word() + (next() < 0.08 ? ',' : '');
  };
  const sentence = (count) => `${many(count, phrase).join(' ')}.`;
  const paragraph = () => `${many(between(2, 5), () => sentence(between(8, 22))).join(' ')}\n\n`;
  const codeLine = (depth) => {
    const indent = '    '.repeat(depth);
    const which = next();
    if (which < 0.3) return `${indent}let ${name()} = ${name()}.${name()}(${between(0, 99)}, "${name()}");`;
    if (which < 0.5) return `${indent}if ${name()} < ${name()}[${between(0, 9)}] && !${name()} {`;
    if (which < 0.65) return `${indent}// ${words(between(4, 9))}`;
    if (which < 0.8) return `${indent}return ${name()}::<${name()}>(&${name()}) * ${between(2, 64)};`;
    return which < 0.9 ? `${indent}}` : '';
  };
  const code = (lines) => {
    let depth = 1;
    const line = () => {
      const made = codeLine(depth);
      depth = Math.max(0, Math.min(4, depth + between(-1, 1)));
      return made;
    };
    return many(lines, line).join('\n');
  };
  const list = (depth, isOrdered) => {
    const indent = (isOrdered ? '   ' : '  ').repeat(depth);
    const item = (_, at) => {
      const own = `${indent}${isOrdered ? `${at + 1}.` : '-'} ${sentence(between(4, 14))}\n`;
      return depth < 2 && next() < 0.25 ? own + list(depth + 1, isOrdered) : own;
    };
    return many(between(3, 6), item).join('');
  };
  const tasks = () => many(between(3, 5), () => `- [${next() < 0.5 ? 'x' : ' '}] ${sentence(between(3, 8))}\n`).join('');
  const quote = () => many(between(1, 3), () => `> ${sentence(between(8, 14))}\n`).join('');
  const table = (rows) => {
    const columns = between(3, 5);
    const row = (cell) => `| ${many(columns, cell).join(' | ')} |\n`;
    const cell = () => (next() < 0.2 ? `\`${name()}\`` : words(between(1, 3)));
    const head = row(() => words(1)) + row(() => pick(['---', ':---', '---:']));
    return head + many(rows, () => row(cell)).join('');
  };
  return { next, pick, between, words, sentence, paragraph, code, list, tasks, quote, table };
}
