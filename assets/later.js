// Fetches what no first load needs. tokenfall-take copies selections and tables and saves code: wanted once somebody
// selects something or presses one of its buttons, and then told of the press.
let taking;
const bring = () => (taking ??= import(new URL("tokenfall-take.js", import.meta.url))
  .then(module => module.default())
  .catch(() => { taking = undefined; }));
document.addEventListener("selectstart", bring);
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-take]");
  if (button) {
    await bring();
    button.dispatchEvent(new Event("take", { bubbles: true }));
  }
});
