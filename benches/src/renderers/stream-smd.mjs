// Bytes of a response to nodes with the fastest parts there are: eventsource-parser, JSON.parse, streaming-markdown.

import { createParser } from 'eventsource-parser';
import smd from './smd.mjs';

/** Puts the decoder before a renderer. */
export function streamed(renderer, name) {
  let decoder;
  let parser;
  const onEvent = ({ data }) => {
    if (data === '[DONE]') return;
    const delta = JSON.parse(data).choices[0]?.delta?.content;
    if (delta) renderer.append(delta);
  };
  return {
    ...renderer,
    name,
    mount(root) {
      decoder = new TextDecoder();
      parser = createParser({ onEvent });
      renderer.mount(root);
    },
    append(chunk) {
      parser.feed(decoder.decode(chunk, { stream: true }));
    },
  };
}

export default streamed(smd, 'eventsource-parser + JSON.parse + smd');
