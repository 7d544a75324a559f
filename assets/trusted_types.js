// Lets Leptos make the static parts of views from their markup, and nothing else: what may become markup is inert, by the small
// grammar below, and no other sink and no other string may. The page's policy demands Trusted Types (docs/security.md).
const TAGS = new Set("h2 h3".split(" "));
const ATTRIBUTES = new Set("class id".split(" "));
// A tag with attributes in double quotes, a marker of Leptos, or text without brackets.
const PIECE = /<\/?([a-z][a-z0-9]*)((?: [a-z-]+="[^<>"]*")*)>|<!>|[^<>]+/y;
const NAME = / ([a-z-]+)="[^"]*"/g;

const isInert = markup => {
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < markup.length) {
    const piece = PIECE.exec(markup);
    if (!piece) return false;
    const [, tag, attributes = ""] = piece;
    if (tag && !TAGS.has(tag)) return false;
    for (const [, name] of attributes.matchAll(NAME)) if (!ATTRIBUTES.has(name)) return false;
  }
  return true;
};

// Where a browser has no Trusted Types, the page is as it is written: it makes markup of nothing but its own views.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup, _, sink) => sink === "Element innerHTML" && isInert(markup) ? markup : null,
});
