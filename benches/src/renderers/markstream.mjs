// Code as plain <pre> and nothing faded in, so that all candidates do the same.

import MarkdownRender from 'markstream-react';
import { createElement } from 'react';
import { react } from './react.mjs';

export default react('markstream-react', ({ text, done }) =>
  createElement(MarkdownRender, { content: text, final: done, fade: false, renderCodeBlocksAsPre: true }),
);
