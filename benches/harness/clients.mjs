// The two pages of the suite `page`, and what is noted inside of them.

/** Calm, with lists and bold words, and no loop within 400 tokens. */
export const PROMPT = 'How do sailing boats move against the wind? Explain step by step with a list.';

/** What both pages add to their request: the same tokens each time, all of them computed. */
export const sampling = (tokens) => ({
  seed: 1,
  temperature: 0,
  max_tokens: tokens,
  ignore_eos: true,
  cache_prompt: false,
  repeat_penalty: 1.1,
  repeat_last_n: tokens,
});

export const OURS = 'tokenfall';
export const PEER = 'llama.cpp UI';

/** `stored` is what the settings sheets of both would have written for these parameters. */
export function clients(page, model, name) {
  return [
    {
      name: OURS,
      address: `${page}/`,
      composer: 'textarea[data-testid="composer"]',
      answer: '[data-testid="answer"]',
      stored: (parameters) => [
        'tokenfall.settings',
        {
          version: 1,
          preset: 'llama.cpp',
          base_url: `${model}/v1`,
          dialect: 'chat-completions',
          model: name,
          extra: JSON.stringify(parameters),
        },
      ],
    },
    {
      name: PEER,
      address: `${model}/`,
      composer: 'form textarea',
      answer: '[aria-label="Assistant message with actions"] .markdown-content',
      // Its own tools would make another prompt.
      stored: (parameters) => ['LlamaUi.config', { customJson: JSON.stringify({ ...parameters, tools: [] }) }],
    },
  ];
}

/** What two texts have in common however their Markdown is drawn: the letters. */
export const letters = (text) => text.match(/\p{L}/gu)?.join('') ?? '';

/**
 * Runs in the page before its own scripts. Notes in `globalThis.benchmark` when the composer is there, when Enter is
 * pressed first, when a question leaves, the frame behind the first letter of the answer, layout shifts, and the size of wasm
 * memory; with `probe` also each frame. With `keepsNothing` the page gets no database. Times are milliseconds since the navigation.
 */
export function watch({ composer, answer, beginning, stored, probe, keepsNothing }) {
  // A page that is given no database keeps no journal.
  if (keepsNothing) Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  if (stored) localStorage.setItem(stored[0], JSON.stringify(stored[1]));
  const noted = { composer: null, enter: null, leaves: null, glyph: null, shifts: [], frames: [] };
  const memories = new Set();
  globalThis.benchmark = { noted, wasm: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };

  const composers = new MutationObserver(() => {
    if (!document.querySelector(composer)) return;
    noted.composer = performance.now();
    composers.disconnect();
  });
  composers.observe(document, { childList: true, subtree: true });

  const glyphs = new MutationObserver(() => {
    const text = document.querySelector(answer)?.textContent.match(/\p{L}/gu)?.join('').slice(0, beginning.length);
    if (!text || !beginning.startsWith(text)) return;
    glyphs.disconnect();
    // The frame after it: a message sent while a frame is made is read when that is done.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        noted.glyph = performance.now();
      };
      port2.postMessage(0);
    });
  });
  const tick = (at) => {
    noted.frames.push(at);
    requestAnimationFrame(tick);
  };
  const entered = (event) => {
    if (event.key !== 'Enter') return;
    if (noted.enter !== null) return;
    noted.enter = event.timeStamp;
    glyphs.observe(document, { childList: true, characterData: true, subtree: true });
    if (probe) requestAnimationFrame(tick);
  };
  addEventListener('keydown', entered, true);

  const { fetch } = globalThis;
  globalThis.fetch = function fetching(...words) {
    const address = String(words[0]?.url ?? words[0]);
    if (address.endsWith('/chat/completions')) noted.leaves ??= performance.now();
    return fetch.apply(this, words);
  };

  new PerformanceObserver((list) => {
    for (const { value, startTime, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) noted.shifts.push([startTime, value]);
    }
  }).observe({ type: 'layout-shift', buffered: true });

  for (const name of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...words) => {
      const made = await instantiate.apply(WebAssembly, words);
      const all = Object.values((made.instance ?? made).exports);
      for (const value of all) if (value instanceof WebAssembly.Memory) memories.add(value);
      return made;
    };
  }
}

/** The cumulative layout shift as browsers report it: the worst window of at most 5 s without a pause of one. */
export function layoutShift(shifts) {
  let worst = 0;
  let [start, last, sum] = [-Infinity, -Infinity, 0];
  for (const [at, value] of shifts) {
    if (at - last > 1000 || at - start > 5000) [start, sum] = [at, 0];
    sum += value;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}
