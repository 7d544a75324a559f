// Readers of JSON that streams. Each takes a piece and then has what is known so far; `last` is the value at the end, as JSON.
//
// `begin()` gives `{ push(piece), finish?(), last() }`.

import { parse } from 'partial-json';

/** Ours with and without a schema, and the peers, which read all of the text again for each piece. */
export function readers({ JsonTree }, schema) {
  return [
    { name: 'tokenfall, with a schema', begin: () => ours(schema.tree()) },
    { name: 'tokenfall', begin: () => ours(JsonTree.plain()) },
    { name: 'partial-json', isQuadratic: true, begin: () => again(parse) },
    { name: 'JSON.parse, if it can', isQuadratic: true, begin: () => again(JSON.parse) },
  ];
}

function ours(tree) {
  let isValid = false;
  return {
    push: (piece) => tree.push(piece),
    finish() {
      isValid = tree.finish();
    },
    last() {
      // Members keep their order and numbers their digits; only escapes are written in another way.
      const json = isValid ? JSON.stringify(JSON.parse(tree.json())) : 'not valid';
      tree.free();
      return json;
    },
  };
}

function again(read) {
  let text = '';
  let value;
  return {
    push(piece) {
      text += piece;
      try {
        value = read(text);
      } catch {
        // Not yet: what was known before stays.
      }
    },
    last: () => JSON.stringify(value),
  };
}
