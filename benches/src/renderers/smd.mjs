// streaming-markdown with its own renderer, fed as its README says: each delta as it comes.

import * as smd from 'streaming-markdown';

let parser;

export default {
  name: 'streaming-markdown',
  mount(root) {
    parser = smd.parser(smd.default_renderer(root));
  },
  append(delta) {
    smd.parser_write(parser, delta);
  },
  end() {
    smd.parser_end(parser);
  },
};
