// Rounds in which all candidates of a cell run one after the other.
//
// A candidate is `{ name, prepare?, run(input, prepared), text? }`: `prepare` runs before the clock starts, `text` after it
// stopped; `run` is what is measured, and its result, or what `text` makes of that, is compared with the expected text.

// The engines compile in tiers: what a fresh page runs first is slower for everyone.
const WARM_UP = 3;

// Milliseconds. Who needs longer twice is quadratic, and needs no more rounds; once may have been the machine's other work.
const HOPELESS = 2000;

/** Milliseconds of each candidate in each round, by name; `wrong` for one whose text is not `expected`. */
export async function interleaved(running, input, rounds, expected) {
  const results = Object.fromEntries(running.map(({ name }) => [name, { ms: [], wrong: null, hopeless: false, slow: null }]));
  for (let round = -WARM_UP; round < rounds; round += 1) {
    // Rotated, so that nobody always runs behind the same neighbour.
    for (let at = 0; at < running.length; at += 1) {
      const candidate = running[(at + round + WARM_UP) % running.length];
      const result = results[candidate.name];
      if (result.wrong || result.hopeless) continue;
      const { ms, found } = await measure(candidate, input);
      if (!candidate.readsNothing && found !== expected) result.wrong = difference(found, expected);
      const isSlow = ms > HOPELESS && !candidate.aside;
      result.hopeless = isSlow && result.slow !== null;
      if (result.hopeless) result.ms = [Math.min(ms, result.slow)];
      else if (round >= 0) result.ms.push(ms);
      result.slow = isSlow ? ms : null;
    }
  }
  return results;
}

async function measure(candidate, input) {
  const prepared = candidate.prepare?.(input);
  await settled();
  const start = performance.now();
  let result = candidate.run(input, prepared);
  if (result instanceof Promise) result = await result;
  const ms = performance.now() - start;
  return { ms, found: candidate.text ? candidate.text(result) : result };
}

/** Each pays for its own garbage only. */
export async function settled() {
  globalThis.gc?.();
  await new Promise((resume) => setTimeout(resume, 0));
}

function difference(found, expected) {
  let at = 0;
  while (at < found.length && found[at] === expected[at]) at += 1;
  return `${found.length} of ${expected.length} units, different from ${at}`;
}
