// Streams in the shapes of the three providers, as bytes, with the text that a decoder must find in them.

import { fragments, markdown, random } from './text.mjs';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The formats by name: `dialect` is Tokenfall's name for the protocol, `make` gives `{ parts, text }`. `framing` is how events
 * are parted: as a stream of events, as lines, as messages of a socket.
 */
export const FORMATS = {
  chat: { title: 'OpenAI Chat', dialect: 'chat-completions', framing: 'events', make: chat },
  lines: { title: 'OpenAI Chat in lines', dialect: 'chat-completions', framing: 'lines', make: (size) => bare(size, '\n') },
  socket: { title: 'OpenAI Chat by socket', dialect: 'chat-completions', framing: 'messages', make: (size) => bare(size, '') },
  responses: { title: 'OpenAI Responses', dialect: 'responses', framing: 'events', make: responses },
  anthropic: { title: 'Anthropic', dialect: 'anthropic', framing: 'events', make: anthropic },
  giant: { title: 'one event', dialect: 'anthropic', framing: 'events', make: giant },
};

/** A stream of about `size` bytes: `{ parts, bytes, text }`. */
export function stream(format, size) {
  const { parts, text } = FORMATS[format].make(size);
  return { parts, bytes: new TextEncoder().encode(parts.join('')), text };
}

/** The bytes in pieces of `size`, each with memory of its own, as the network hands them out. */
export function chunks(bytes, size) {
  const pieces = [];
  for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.slice(start, start + size));
  return pieces;
}

const named = (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** Fragments for `size` bytes of stream at so many bytes an event. */
function enough(size, bytesPerEvent) {
  const wanted = Math.ceil(size / bytesPerEvent);
  const once = fragments(markdown(Math.min(500_000, wanted * 4)));
  return Array.from({ length: wanted }, (_, at) => once[at % once.length]);
}

function chat(size) {
  return chatOf(enough(size, 280));
}

/** The same events as `chat` has, without what parts them there: with `end` behind each. */
function bare(size, end) {
  const { parts, text } = chat(size);
  const events = parts.filter((part) => part !== 'data: [DONE]\n\n');
  return { parts: events.map((part) => part.slice('data: '.length, -2) + end), text };
}

/** Chat Completions: unnamed events, all metadata in each, about 280 bytes. */
export function chatOf(deltas) {
  const event = (delta, finish) =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-9xQ2mB7ZkT1vYh3sLw0pRe5c',
      object: 'chat.completion.chunk',
      created: 1763800000,
      model: 'bench-model-2026-01',
      service_tier: 'default',
      system_fingerprint: 'fp_0123456789',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      usage: null,
    })}\n\n`;
  const parts = deltas.map((content) => event({ content }, null));
  return { parts: [...parts, event({}, 'stop'), 'data: [DONE]\n\n'], text: deltas.join('') };
}

/** Responses: named and numbered events with log probabilities and the padding that hides lengths, about 300 bytes. */
function responses(size) {
  const next = random(5);
  const deltas = enough(size, 300);
  const id = 'resp_0f3c6a1b9d2e48750069218c40b2c4819d';
  const itemId = 'msg_0f3c6a1b9d2e48750069218c413f5c819d';
  let number = 0;
  const numbered = (type, more) => named({ type, sequence_number: number++, ...more });
  const noise = (length) => {
    const letters = Array.from({ length }, () => BASE64[Math.floor(next() * 62)]);
    return letters.join('');
  };
  const response = (status) => ({ id, object: 'response', status, model: 'bench-model-2026-01', output: [] });
  const place = { item_id: itemId, output_index: 0, content_index: 0 };
  const item = { id: itemId, type: 'message', status: 'in_progress', content: [], role: 'assistant' };
  const part = { type: 'output_text', annotations: [], logprobs: [], text: '' };
  const parts = [
    numbered('response.created', { response: response('in_progress') }),
    numbered('response.output_item.added', { output_index: 0, item }),
    numbered('response.content_part.added', { ...place, part }),
    ...deltas.map((delta) =>
      numbered('response.output_text.delta', { ...place, delta, logprobs: [], obfuscation: noise(16 - delta.length) }),
    ),
    numbered('response.completed', { response: response('completed') }),
  ];
  return { parts, text: deltas.join('') };
}

/** Messages: named events with little in them, about 120 bytes, and a ping now and then. */
function anthropic(size) {
  const deltas = enough(size, 125);
  const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
  const parts = [messageStart(), named(block)];
  deltas.forEach((text, at) => {
    if (at % 500 === 0) parts.push('event: ping\ndata: {"type": "ping"}\n\n');
    parts.push(named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }));
  });
  parts.push(named({ type: 'content_block_stop', index: 0 }), named({ type: 'message_stop' }));
  return { parts, text: deltas.join('') };
}

/** One event with a string of `size` bytes, as a picture or a large tool call has. */
function giant(size) {
  const next = random(3);
  const row = () => Array.from({ length: 64 }, () => BASE64[Math.floor(next() * 64)]).join('');
  const text = Array.from({ length: size / 64 }, row).join('');
  const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } };
  return { parts: [messageStart(), named(delta), named({ type: 'message_stop' })], text };
}

function messageStart() {
  const message = { id: 'msg_01', type: 'message', role: 'assistant', model: 'bench-model', content: [] };
  return named({ type: 'message_start', message });
}
