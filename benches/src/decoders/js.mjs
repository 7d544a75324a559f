// The JavaScript peers. Each gets chunks, frames them, parses the JSON and joins the text: the same work for all.
//
// A decoder is `{ name, formats?, framings, run(input) }`; `input` has `chunks`, or for a socket `messages`, and `dialect`,
// and the run returns the text.

import { createParser } from 'eventsource-parser';
import { Stream as AnthropicStream } from '@anthropic-ai/sdk/streaming';
import { Stream as OpenAIStream } from 'openai/streaming';

/** How each protocol holds its text. */
const TEXT = {
  'chat-completions': (event) => event.choices[0]?.delta?.content ?? '',
  responses: (event) => (event.type === 'response.output_text.delta' ? event.delta : ''),
  anthropic: (event) => event.delta?.text ?? '',
};

/** A ReadableStream that always has its next chunk. */
export function readable(chunks) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < chunks.length) controller.enqueue(chunks[at++]);
      else controller.close();
    },
  });
}

const eventsourceParser = {
  name: 'eventsource-parser',
  framings: ['events'],
  run({ chunks, dialect }) {
    const textOf = TEXT[dialect];
    const decoder = new TextDecoder();
    let text = '';
    const parser = createParser({
      onEvent({ data }) {
        if (data !== '[DONE]') text += textOf(JSON.parse(data));
      },
    });
    for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
    return text;
  },
};

// What people write by hand: fast on small events, quadratic on a large one, and blind to most of the grammar.
const indexOf = {
  name: 'js indexOf',
  framings: ['events'],
  run({ chunks, dialect }) {
    const textOf = TEXT[dialect];
    const decoder = new TextDecoder();
    let text = '';
    let buffer = '';
    for (const chunk of chunks) {
      let from = buffer.length;
      buffer += decoder.decode(chunk, { stream: true });
      let start = 0;
      for (let end; (end = buffer.indexOf('\n', from)) !== -1; start = from = end + 1) {
        if (!buffer.startsWith('data: ', start)) continue;
        const data = buffer.slice(start + 6, end);
        if (data !== '[DONE]') text += textOf(JSON.parse(data));
      }
      if (start > 0) buffer = buffer.slice(start);
    }
    return text;
  },
};

// Lines are what `indexOf` and `JSON.parse` are made for, and messages of a socket need the latter alone.
const lines = {
  name: 'js lines',
  framings: ['lines'],
  run({ chunks, dialect }) {
    const textOf = TEXT[dialect];
    const decoder = new TextDecoder();
    let text = '';
    let buffer = '';
    for (const chunk of chunks) {
      let from = buffer.length;
      buffer += decoder.decode(chunk, { stream: true });
      let start = 0;
      for (let end; (end = buffer.indexOf('\n', from)) !== -1; start = from = end + 1) {
        text += textOf(JSON.parse(buffer.slice(start, end)));
      }
      if (start > 0) buffer = buffer.slice(start);
    }
    return text;
  },
};

const messages = {
  name: 'js messages',
  framings: ['messages'],
  run({ messages, dialect }) {
    const textOf = TEXT[dialect];
    let text = '';
    for (const message of messages) text += textOf(JSON.parse(message));
    return text;
  },
};

function sdk(name, formats, Stream) {
  return {
    name,
    formats,
    framings: ['events'],
    async run({ chunks, dialect }) {
      const textOf = TEXT[dialect];
      let text = '';
      const response = new Response(readable(chunks));
      for await (const event of Stream.fromSSEResponse(response, new AbortController())) text += textOf(event);
      return text;
    },
  };
}

export const JS_DECODERS = [
  eventsourceParser,
  indexOf,
  lines,
  messages,
  sdk('openai SDK', ['chat', 'responses'], OpenAIStream),
  sdk('anthropic SDK', ['anthropic', 'giant'], AnthropicStream),
];
