// Every way from text to markup or code, by what it is called. Each is given text and must throw.
const sinks = {
  "innerHTML of an element": text => { document.createElement("div").innerHTML = text; },
  "innerHTML of the body": text => { document.body.innerHTML = text; },
  "innerHTML of a template": text => { document.createElement("template").innerHTML = text; },
  "innerHTML of a shadow root": text => { document.createElement("div").attachShadow({ mode: "open" }).innerHTML = text; },
  "outerHTML": text => { document.body.outerHTML = text; },
  "insertAdjacentHTML": text => document.body.insertAdjacentHTML("beforeend", text),
  "DOMParser": text => new DOMParser().parseFromString(text, "text/html"),
  "createContextualFragment": text => document.createRange().createContextualFragment(text),
  "document.write": text => document.write(text),
  "srcdoc": text => { document.createElement("iframe").srcdoc = text; },
  "text of a script": text => { document.createElement("script").text = text; },
  "textContent of a script": text => { document.createElement("script").textContent = text; },
  "address of a script": text => { document.createElement("script").src = text; },
  "address of a worker": text => new Worker(text),
  "eval": text => (0, eval)(text),
  "Function": text => new Function(text),
  "another default policy": () => trustedTypes.createPolicy("default", { createHTML: text => text }),
  "a policy of another name": () => trustedTypes.createPolicy("other", { createHTML: text => text }),
};

// The kind of error with which a sink refuses text; null when it takes it.
const refusal = (name, text) => {
  try {
    sinks[name](text);
    return null;
  } catch (error) {
    return error.name;
  }
};
const probes = {
  refusals: text => Object.keys(sinks).map(name => [name, refusal(name, text)]),
  passing: texts => texts.filter(text => refusal("innerHTML of a template", text) !== "TypeError"),
  made: markup => {
    const template = document.createElement("template");
    template.innerHTML = markup;
    return template.content.textContent;
  },
};
// Runs a probe behind the caller: while Chromium's driver runs a script for a test, it lets the page evaluate text.
window.__probe = (name, json) => {
  delete window.__outcome;
  setTimeout(() => { window.__outcome = JSON.stringify(probes[name](JSON.parse(json))); });
};
