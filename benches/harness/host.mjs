// Two servers on loopback: the built page as a static host gives it, and a relay before the model server, which keeps
// what each page asked and what it was answered.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.jsonl': 'application/x-ndjson',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Serves a folder, packed by gzip; `overrides` are texts by path. Gives `{ address, close }`. */
export async function host(folder, overrides = {}) {
  const packed = new Map();
  const find = (pathname) => {
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    if (name in overrides) return Buffer.from(overrides[name]);
    const file = path.join(folder, path.normalize(decodeURIComponent(name)));
    const isThere = file.startsWith(folder) && fs.statSync(file, { throwIfNoEntry: false })?.isFile();
    return isThere ? fs.readFileSync(file) : undefined;
  };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (!packed.has(pathname)) {
      const bytes = find(pathname);
      packed.set(pathname, bytes && zlib.gzipSync(bytes, { level: 9 }));
    }
    const bytes = packed.get(pathname);
    if (!bytes) {
      response.writeHead(404, { 'content-type': TYPES['.txt'] }).end('No such file.\n');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(pathname)] ?? TYPES['.html'],
      'content-encoding': 'gzip',
      'content-length': bytes.length,
      'cache-control': 'no-cache',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  return listening(server);
}

/**
 * Passes everything on to `target`. With `answers` off a question is taken and refused, so that nothing goes on being
 * computed behind a measurement. `next()` gives the next question that was answered to its end: `{ request, text,
 * tokens }`.
 */
export async function relay(target) {
  const { hostname, port } = new URL(target);
  const agent = new http.Agent({ keepAlive: true });
  const waiting = [];
  const state = { answers: true };
  const server = http.createServer((request, response) => {
    response.socket.setNoDelay(true);
    const isQuestion = request.method === 'POST' && request.url.endsWith('/chat/completions');
    if (isQuestion && !state.answers) {
      request.resume();
      response.writeHead(503, { 'access-control-allow-origin': request.headers.origin ?? '*' }).end();
      return;
    }
    const asked = [];
    const { method, url, headers } = request;
    const onward = http.request({ agent, hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.statusMessage, answer.headers);
      const came = [];
      if (isQuestion) answer.on('data', (chunk) => came.push(chunk));
      answer.on('end', () => {
        if (isQuestion) waiting.shift()?.resolve(conversation(asked, came, answer.statusCode));
      });
      answer.pipe(response);
    });
    onward.on('error', (error) => {
      if (isQuestion) waiting.shift()?.reject(error);
      response.destroy();
    });
    response.on('close', () => onward.destroy());
    request.on('data', (chunk) => asked.push(chunk));
    request.pipe(onward);
  });
  const { address, close } = await listening(server);
  const next = () => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  return {
    address,
    state,
    next,
    close() {
      close();
      agent.destroy();
    },
  };
}

function conversation(asked, came, status) {
  const request = JSON.parse(Buffer.concat(asked).toString('utf8'));
  const events = Buffer.concat(came).toString('utf8').split('\n').filter((line) => line.startsWith('data: {'));
  const parsed = events.map((line) => JSON.parse(line.slice('data: '.length)));
  const text = parsed.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('');
  const tokens = parsed.findLast(({ timings }) => timings)?.timings.predicted_n;
  return { request, status, text, tokens };
}

/** Has a server listen on loopback: `{ address, close }`. */
export async function listening(server) {
  await new Promise((ready, failed) => server.once('error', failed).listen(0, '127.0.0.1', ready));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, close };
}
