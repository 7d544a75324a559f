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
const FASTEST = ['--config', 'profile.release.opt-level=3'];

/** Our builds by name: cargo's arguments, and wasm-opt's as Trunk gives them for the page (index.html says `z`). */
const OURS = {
  // Exactly as the page ships: the workspace's release profile.
  page: { cargo: [], wasmOpt: ['-Oz'] },
  // One level for what decodes (the engine, the search for bytes, the calls into them); all else as the page has it.
  z: { cargo: hot('"z"'), wasmOpt: ['-Oz'] },
  s: { cargo: hot('"s"'), wasmOpt: ['-Oz'] },
  2: { cargo: hot(2), wasmOpt: ['-Oz'] },
  3: { cargo: hot(3), wasmOpt: ['-Oz'] },
  '3-O3': { cargo: hot(3), wasmOpt: ['-O3'] },
  // The search for bytes alone.
  memchr: { cargo: level('memchr', 3), wasmOpt: ['-Oz'] },
};

function hot(opt) {
  return ['tokenfall', 'memchr', CRATE].flatMap((name) => level(name, opt));
}

function level(name, opt) {
  return ['--config', `profile.release.package.${name}.opt-level=${opt}`];
}

/** Builds everything; gives the names and sizes of our builds. */
export async function build(names) {
  const unknown = names.filter((name) => !(name in OURS));
  if (unknown.length > 0) throw new Error(`no build named ${unknown}; there are: ${Object.keys(OURS)}`);
  fs.rmSync(DIST, { recursive: true, force: true });
  fs.mkdirSync(DIST, { recursive: true });
  await page();
  wasm('peers', 'peers', FASTEST, ['-O3']);
  return names.map((name) => {
    const { cargo, wasmOpt } = OURS[name];
    return { build: name, bytes: wasm(`ours-${name}`, 'ours', cargo, wasmOpt) };
  });
}

async function page() {
  await esbuild.build({
    entryPoints: [path.join(BENCHES, 'src/page.mjs')],
    outdir: DIST,
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'chrome120',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const html = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>decode</title>';
  fs.writeFileSync(path.join(DIST, 'index.html'), `${html}<script type="module" src="/page.js"></script></html>\n`);
}

/** One wasm module under `dist/wasm/<name>/`; gives its size in bytes. */
function wasm(name, feature, cargoArguments, wasmOptArguments) {
  const cargo = ['build', '--release', '--quiet', '--target', WASM, '--target-dir', TARGET, '-p', CRATE];
  execFileSync('cargo', [...cargo, '--no-default-features', '--features', feature, ...cargoArguments], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const built = path.join(TARGET, WASM, 'release', `${CRATE.replaceAll('-', '_')}.wasm`);
  const folder = path.join(DIST, 'wasm', name);
  const binding = ['--target', 'web', '--no-typescript', '--out-dir', folder, '--out-name', 'decoders'];
  execFileSync('wasm-bindgen', [...binding, built], { stdio: 'inherit' });
  const file = path.join(folder, 'decoders_bg.wasm');
  execFileSync('wasm-opt', [...wasmOptArguments, '-o', file, file], { stdio: 'inherit' });
  return fs.statSync(file).size;
}
