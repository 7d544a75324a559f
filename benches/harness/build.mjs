// Builds what the benchmark page loads: its script, and the decoders in wasm.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

export const BENCHES = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const DIST = path.join(BENCHES, 'dist');

const ROOT = path.dirname(BENCHES);
const TARGET = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');
const WASM = 'wasm32-unknown-unknown';
const CRATE = 'tokenfall-bench-decoders';
const RENDERER = 'tokenfall-bench-renderer';
const FASTEST = ['--config', 'profile.release.opt-level=3'];

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

/** Builds everything for the decode suite; gives the names and sizes of our builds. */
export async function build(names) {
  const chosen = known(names);
  clear();
  await bundle(['src/page.mjs']);
  page('<title>decode</title>', 'page');
  const crate = (name, feature, cargo, wasmOpt) =>
    wasm(name, CRATE, 'decoders', ['--no-default-features', '--features', feature, ...cargo], wasmOpt);
  crate('peers', 'peers', FASTEST, ['-O3']);
  return chosen.map(([name, { cargo, wasmOpt }]) => ({ build: name, bytes: crate(`ours-${name}`, 'ours', cargo, wasmOpt) }));
}

/** Builds everything for the render suite, ours as that build has it; gives the size of our wasm. */
export async function buildRenderers(name) {
  const [[, { cargo, wasmOpt }]] = known([name]);
  clear();
  const renderers = fs.readdirSync(path.join(BENCHES, 'src/renderers')).map((file) => `src/renderers/${file}`);
  await bundle(['src/render-page.mjs', ...renderers]);
  const body = '<body><div id="scroller"><div><div id="answer"></div></div></div></body>';
  page(`<title>render</title><link id="style" rel="stylesheet" href="/peers.css">${body}`, 'render-page');
  fs.copyFileSync(path.join(BENCHES, 'src/peers.css'), path.join(DIST, 'peers.css'));
  fs.writeFileSync(path.join(DIST, 'ours.css'), stylesheets());
  return wasm('renderer', RENDERER, 'renderer', cargo, wasmOpt);
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

/** All stylesheets of the page, in its order. */
function stylesheets() {
  const html = fs.readFileSync(path.join(ROOT, 'index.html'), 'utf8');
  const files = [...html.matchAll(/rel="css" href="([^"]+)"/g)].map(([, file]) => file);
  return files.map((file) => fs.readFileSync(path.join(ROOT, file), 'utf8')).join('\n');
}

/** One wasm module under `dist/wasm/<name>/`; gives its size in bytes. */
function wasm(name, crate, out, cargoArguments, wasmOptArguments) {
  const cargo = ['build', '--release', '--quiet', '--target', WASM, '--target-dir', TARGET, '-p', crate];
  execFileSync('cargo', [...cargo, ...cargoArguments], { cwd: ROOT, stdio: 'inherit' });
  const built = path.join(TARGET, WASM, 'release', `${crate.replaceAll('-', '_')}.wasm`);
  const folder = path.join(DIST, 'wasm', name);
  const binding = ['--target', 'web', '--no-typescript', '--out-dir', folder, '--out-name', out];
  execFileSync('wasm-bindgen', [...binding, built], { stdio: 'inherit' });
  const file = path.join(folder, `${out}_bg.wasm`);
  const [program, words] =
    wasmOptArguments === AS_THE_PAGE
      ? ['cargo', ['xtask', 'optimize', file]]
      : ['wasm-opt', [...wasmOptArguments, '-o', file, file]];
  execFileSync(program, words, { cwd: ROOT, stdio: 'inherit' });
  return fs.statSync(file).size;
}
