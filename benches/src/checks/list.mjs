// Structured output: a list of objects from a seeded generator, and the schema that it follows.

import { random } from '../text.mjs';

const WORDS = 'amber basin cedar delta ember fjord grove haven inlet jetty knoll larch mesa north opal pine'.split(' ');
const KINDS = ['draft', 'open', 'closed'];

const item = {
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 0 },
    name: { type: 'string', minLength: 1, maxLength: 200 },
    kind: { enum: KINDS },
    score: { type: 'number', minimum: 0, maximum: 100 },
    isPublic: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' }, maxItems: 8 },
    place: {
      type: 'object',
      properties: { city: { type: 'string' }, latitude: { type: 'number' }, longitude: { type: 'number' } },
      required: ['city', 'latitude', 'longitude'],
      additionalProperties: false,
    },
    note: { type: ['string', 'null'] },
  },
  required: ['id', 'name', 'kind', 'score', 'isPublic', 'tags', 'place', 'note'],
  additionalProperties: false,
};

/** The schema, as a person types it. */
export const SCHEMA = JSON.stringify({ type: 'array', items: item });

/** About `size` bytes of JSON: ASCII but for a few notes, escapes in some, no blanks, as servers with a grammar write it. */
export function list(size) {
  const next = random(29);
  const below = (limit) => Math.floor(next() * limit);
  const words = (count) => Array.from({ length: count }, () => WORDS[below(WORDS.length)]);
  const decimal = (limit) => below(limit * 100) / 100;
  const items = [];
  for (let id = 0, length = 0; length < size; id += 1) {
    const made = {
      id,
      name: words(2).join(' '),
      kind: KINDS[below(KINDS.length)],
      score: decimal(100),
      isPublic: next() < 0.5,
      tags: words(1 + below(4)),
      place: { city: words(1)[0], latitude: decimal(90), longitude: decimal(180) },
      note: next() < 0.2 ? null : `${words(4 + below(12)).join(' ')}${next() < 0.2 ? ' → "said"\nover' : '.'}`,
    };
    items.push(made);
    length += JSON.stringify(made).length + 1;
  }
  return JSON.stringify(items);
}

/** The text in pieces of so many units. */
export function pieces(text, size) {
  const found = [];
  for (let start = 0; start < text.length; start += size) found.push(text.slice(start, start + size));
  return found;
}
