// The recipe of the AI SDK: marked cuts the text into blocks, each is a memoised react-markdown.

import { marked } from 'marked';
import { createElement, memo, useMemo } from 'react';
import ReactMarkdown from 'react-markdown';
import gfm from 'remark-gfm';
import { react } from './react.mjs';

const plugins = [gfm];
const Block = memo(
  ({ content }) => createElement(ReactMarkdown, { remarkPlugins: plugins }, content),
  (before, after) => before.content === after.content,
);
const View = memo(({ text }) => {
  const blocks = useMemo(() => marked.lexer(text).map(({ raw }) => raw), [text]);
  return blocks.map((content, key) => createElement(Block, { content, key }));
});

export default react('react-markdown, memoised blocks', View);
