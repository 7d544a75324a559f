// Builds what the benchmark page loads: its script, and the decoders in wasm.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

export const BENCHES = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const DIST = path.join(BENCHES, 'dist');

const ROOT = path.dirname(BENCHES);
const OWN = { root: ROOT, target: process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target') };
const WASM = 'wasm32-unknown-unknown';
const CRATE = 'tokenfall-bench-decoders';
const RENDERER = 'tokenfall-bench-renderer';
const FASTEST = ['--config', 'profile.release.opt-level=3'];

/** What the tools say is no part of the tables. */
const TO_STDERR = ['ignore', 2, 2];

/** How the page's wasm is made small. */
const AS_THE_PAGE = null;

/** Our builds by name: cargo's arguments, and wasm-opt's where it is not made small as the page's is. */
const OURS = {
  // Exactly as the page ships: the workspace's release profile.
  page: { cargo: [], wasmOpt: AS_THE_PAGE },
  // One level for what decodes (the engine, the search for bytes, the calls into them); all else as the page has it.
  z: { cargo: hot('"z"'), wasmOpt: AS_THE_PAGE },
  s: { cargo: hot('"s"'), wasmOpt: AS_THE_PAGE },
  2: { cargo: hot(2), wasmOpt: AS_THE_PAGE },
  3: { cargo: hot(3), wasmOpt: AS_THE_PAGE },
  '3-O3': { cargo: hot(3), wasmOpt: ['-O3'] },
  // The search for bytes alone.
  memchr: { cargo: level('memchr', 3), wasmOpt: AS_THE_PAGE },
};

function hot(opt) {
  return ['tokenfall', 'tokenfall-decode', 'memchr', CRATE].flatMap((name) => level(name, opt));
}

function level(name, opt) {
  return ['--config', `profile.release.package.${name}.opt-level=${opt}`];
}

/** The build of another checkout, as `--against` names it. */
export const BEFORE = 'before';

/**
 * Builds everything for the decode suite; gives the names and sizes of our builds. `against` is the folder of another
 * checkout, whose decoder is one more of ours, made as that checkout makes its page.
 */
export async function build(names, against) {
  const chosen = known(names);
  clear();
  await bundle(['src/page.mjs']);
  page('<title>decode</title>', 'page');
  const crate = (checkout, name, feature, cargo, wasmOpt) => {
    const features = ['--no-default-features', '--features', feature];
    return wasm(checkout, name, CRATE, 'decoders', [...features, ...cargo], wasmOpt);
  };
  crate(OWN, 'peers', 'peers', FASTEST, ['-O3']);
  const ours = chosen.map(([name, { cargo, wasmOpt }]) => {
    return { build: name, bytes: crate(OWN, `ours-${name}`, 'ours', cargo, wasmOpt) };
  });
  if (!against) return ours;
  return [...ours, { build: BEFORE, bytes: crate(other(against), `ours-${BEFORE}`, 'ours', [], AS_THE_PAGE) }];
}

/** Builds everything for the suite of checks, as the page has it; gives the size of its wasm. */
export async function buildChecks() {
  clear();
  await bundle(['src/checks-page.mjs']);
  page('<title>checks</title>', 'checks-page');
  return wasm(OWN, 'checks', CRATE, 'decoders', ['--no-default-features', '--features', 'checks'], AS_THE_PAGE);
}

/** Builds everything for the render suite, ours as that build has it; gives the sizes of our wasm by label. */
export async function buildRenderers(name, against) {
  const [[, { cargo, wasmOpt }]] = known([name]);
  clear();
  const renderers = fs.readdirSync(path.join(BENCHES, 'src/renderers')).map((file) => `src/renderers/${file}`);
  await bundle(['src/render-page.mjs', ...renderers]);
  const body = '<body><div id="scroller"><div><div id="answer"></div></div></div></body>';
  page(`<title>render</title><link id="style" rel="stylesheet" href="/peers.css">${body}`, 'render-page');
  fs.copyFileSync(path.join(BENCHES, 'src/peers.css'), path.join(DIST, 'peers.css'));
  const crate = (checkout, name, cargo, wasmOpt) => {
    fs.writeFileSync(path.join(DIST, `${name}.css`), stylesheets(checkout.root));
    return wasm(checkout, name, RENDERER, 'renderer', cargo, wasmOpt);
  };
  const sizes = { [name]: crate(OWN, 'ours', cargo, wasmOpt) };
  if (against) sizes[BEFORE] = crate(other(against), BEFORE, [], AS_THE_PAGE);
  return sizes;
}

function other(folder) {
  const root = path.resolve(ROOT, String(folder));
  if (!fs.existsSync(path.join(root, 'benches/decoders'))) throw new Error(`${root} is no checkout with benchmarks`);
  return { root, target: path.join(root, 'target') };
}

function known(names) {
  const unknown = names.filter((name) => !(name in OURS));
  if (unknown.length > 0) throw new Error(`no build named ${unknown}; there are: ${Object.keys(OURS)}`);
  return names.map((name) => [name, OURS[name]]);
}

function clear() {
  fs.rmSync(DIST, { recursive: true, force: true });
  fs.mkdirSync(DIST, { recursive: true });
}

async function bundle(entries) {
  await esbuild.build({
    entryPoints: entries.map((entry) => path.join(BENCHES, entry)),
    outdir: DIST,
    outbase: path.join(BENCHES, 'src'),
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'chrome120',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Ours is built apart; the others are plugins of markstream that nobody installed.
    external: ['/wasm/*', '@antv/infographic', '@terrastruct/d2', 'stream-diffs', 'stream-diffs/*'],
    loader: { '.css': 'empty', '.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty' },
  });
}

function page(head, script) {
  const start = '<!DOCTYPE html><html lang="en"><meta charset="utf-8">';
  fs.writeFileSync(
    path.join(DIST, 'index.html'),
    `${start}${head}<script type="module" src="/${script}.js"></script></html>\n`,
  );
}

/** All stylesheets of a checkout's page, in its order. */
function stylesheets(root) {
  const html = fs.readFileSync(path.join(root, 'index.html'), 'utf8');
  const files = [...html.matchAll(/rel="css" href="([^"]+)"/g)].map(([, file]) => file);
  return files.map((file) => fs.readFileSync(path.join(root, file), 'utf8')).join('\n');
}

/** One wasm module under `dist/wasm/<name>/`; gives its size in bytes. */
function wasm({ root, target }, name, crate, out, cargoArguments, wasmOptArguments) {
  const cargo = ['build', '--release', '--quiet', '--target', WASM, '--target-dir', target, '-p', crate];
  execFileSync('cargo', [...cargo, ...cargoArguments], { cwd: root, stdio: TO_STDERR });
  const built = path.join(target, WASM, 'release', `${crate.replaceAll('-', '_')}.wasm`);
  const folder = path.join(DIST, 'wasm', name);
  const binding = ['--target', 'web', '--no-typescript', '--out-dir', folder, '--out-name', out];
  execFileSync('wasm-bindgen', [...binding, built], { stdio: TO_STDERR });
  const file = path.join(folder, `${out}_bg.wasm`);
  const [program, words] =
    wasmOptArguments === AS_THE_PAGE
      ? ['cargo', ['xtask', optimizing(root), file]]
      : ['wasm-opt', [...wasmOptArguments, '-o', file, file]];
  execFileSync(program, words, { cwd: root, stdio: TO_STDERR });
  return fs.statSync(file).size;
}

/** The command of a checkout that makes wasm small as its page's is. Up to a9e0b1e it also rewrote the wasm. */
function optimizing(root) {
  const commands = fs.readFileSync(path.join(root, 'xtask/src/main.rs'), 'utf8');
  return commands.includes('Some("optimize")') ? 'optimize' : 'shrink';
}
