// Fifty rules, of which none finds anything in the benchmarks' text: words, patterns and all that look for what they know.

const STEMS = ['bramley', 'canyon', 'drydock', 'eyrie', 'gypsum', 'hyacinth', 'ivy', 'jersey', 'kyanite', 'lynx'];
const PATTERNS = [
  (at) => `(?-u:\\b)ticket-[0-9]{${4 + at}}(?-u:\\b)`,
  (at) => `(?i)internal use only ${at}`,
  (at) => `host-[a-z]{2,8}-${at}\\.corp`,
  (at) => `(?-u:\\b)[A-Z]{2}-[0-9]{3}-${at}[A-Z]{2}(?-u:\\b)`,
];

const words = STEMS.flatMap((stem) => ['code', 'project', 'site'].map((kind) => `${kind} ${stem}\n${stem}s of ${kind}`));
const patterns = Array.from({ length: 14 }, (_, at) => PATTERNS[at % PATTERNS.length](at));
const known = [
  ...['email', 'phone', 'card', 'iban', 'secrets'].map((kind) => ({ kind })),
  { kind: 'links', text: 'example.test' },
];

/** As they are stored. */
export const RULES = JSON.stringify({
  rules: [
    ...words.map((text) => ({ kind: 'words', text })),
    ...patterns.map((text) => ({ kind: 'pattern', text })),
    ...known,
  ],
});
