// How the lazy parts of the page are fetched. The script that fetches them is made by the build: see xtask/src/postbuild/split.rs.

// The part that a question needs is asked for as soon as the document is read, behind everything else: on a slow line its way
// takes as long as the first load, behind which it comes. The page takes it when it is idle. Not where data is to be saved.
if (!navigator.connection?.saveData) {
  for (const name of document.querySelector("meta[name=early-parts]").content.split(",")) {
    const link = document.createElement("link");
    const href = new URL(name, import.meta.url);
    document.head.append(Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", fetchPriority: "low", href }));
  }
}

// Browsers compile wasm while it comes only where the host sends it as such, and the script knows no other way.
const stream = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = async (source, imports) => {
  const answer = await source;
  const isWasm = answer.headers.get("content-type")?.startsWith("application/wasm");
  return isWasm || !answer.ok ? stream.call(WebAssembly, answer, imports) : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
};
