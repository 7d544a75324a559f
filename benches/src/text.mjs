// The text that all streams carry: Markdown from a seeded generator, the same in every run and on every machine.

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo za tion ment ing er al ous'.split(' ');
const COMMON = 'the of to and a in is that for on with as it by from at this be or an not are which can when'.split(' ');
// Two, three and four bytes of UTF-8: one word in about seventy.
const RARE = ['naïve', 'Größe', '数据流', 'délai', '→', '✅', '🚀', 'ß-test', 'Ωmega', 'コード'];

/** mulberry32: numbers in 0..1 from a 32-bit seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** About `size` UTF-16 units of paragraphs, lists, code and headings. */
export function markdown(size, seed = 13) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  const many = (count, make) => Array.from({ length: count }, make);

  const vocabulary = many(900, () => many(between(1, 3), () => pick(SYLLABLES)).join(''));
  const word = () => {
    const which = next();
    return which < 0.42 ? pick(COMMON) : which < 0.985 ? pick(vocabulary) : pick(RARE);
  };
  const words = (count) => many(count, word).join(' ');
  const phrase = () => {
    const which = next();
    if (which < 0.03) return `**${words(between(1, 3))}**`;
    if (which < 0.07) return `\`${pick(vocabulary)}_${pick(vocabulary)}()\``;
    if (which < 0.085) return `[${words(2)}](https://example.test/${pick(vocabulary)})`;
    return word() + (next() < 0.08 ? ',' : '');
  };
  const sentence = (count) => `${many(count, phrase).join(' ')}.`;

  const paragraph = () => many(between(2, 5), () => sentence(between(8, 22))).join(' ');
  const list = () => many(between(3, 6), () => `- ${sentence(between(4, 14))}`).join('\n');
  const codeLine = () => {
    const indent = '    '.repeat(between(0, 3));
    const call = `let ${pick(vocabulary)} = ${pick(vocabulary)}(${between(0, 99)}, "${pick(vocabulary)}");`;
    return indent + (next() < 0.6 ? call : `// ${words(between(4, 9))}`);
  };
  const code = () => `\`\`\`rust\n${many(between(5, 25), codeLine).join('\n')}\n\`\`\``;
  const heading = () => `## ${words(between(2, 6))}`;

  const blocks = [];
  for (let length = 0; length < size; length += blocks.at(-1).length) {
    const which = next();
    const block = which < 0.5 ? paragraph : which < 0.7 ? list : which < 0.88 ? code : heading;
    blocks.push(`${block()}\n\n`);
  }
  return blocks.join('');
}

/** Fragments of 2 to 6 units (4 on average, as tokens are), never inside a surrogate pair. */
export function fragments(text, seed = 7) {
  const next = random(seed);
  const found = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + 2 + Math.floor(next() * 5));
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last < 0xdc00) end += 1;
    found.push(text.slice(start, end));
    start = end;
  }
  return found;
}
