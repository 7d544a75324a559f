// Fetches what no first load needs.
const named = name => document.querySelector(`meta[name=${name}]`).content;
// What a question needs is asked for as soon as the document is read, behind everything else: on a slow line its way takes as
// long as the first load, behind which it comes. The page takes it when it is idle. Not where data is to be saved.
if (!navigator.connection?.saveData) {
  const link = document.createElement("link");
  const href = new URL(named("rest"), import.meta.url);
  document.head.append(Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", fetchPriority: "low", href }));
}
// The other parts are in a folder that the build names after all that is in it.
const fetchPart = name =>
  import(new URL(named("parts") + name, document.baseURI))
    .then(module => module.default());
// take.js copies selections and tables, saves code and asks about doubtful links: wanted once somebody selects
// something or presses one of its buttons, and then told of the press. A middle click follows a link as well. Without
// it nothing is done but said so.
let taking;
const bring = () => (taking ??= fetchPart("take.js").catch(() => { taking = undefined; return false; }));
const press = async event => {
  const button = event.target.closest?.("[data-take]");
  if (!button || event.button > 1 || event.button && !button.matches("a")) return;
  const isThere = await bring() !== false;
  button.toggleAttribute("data-missing", !isThere);
  button.dispatchEvent(new Event("take", { bubbles: true }));
};
// A link that asks has no address yet, so the browser does not press it for the keyboard.
const key = event => {
  if (event.key !== "Enter" || event.repeat || !event.target.matches?.("a[data-take]")) return;
  event.preventDefault();
  press(event);
};
document.addEventListener("selectstart", bring);
document.addEventListener("click", press);
document.addEventListener("auxclick", press);
document.addEventListener("keydown", key);
// typeset.js colours code and draws formulas: wanted with the first of them, which the page tells by an event. Where it
// cannot be fetched code is plain and formulas show their source.
let typeset;
document.addEventListener("typeset", () => typeset ??= fetchPart("typeset.js").catch(() => {}), true);
