import { createElement } from 'react';
import { Streamdown } from 'streamdown';
import { react } from './react.mjs';

export default react('streamdown', ({ text, done }) =>
  createElement(Streamdown, { isAnimating: !done, mode: 'streaming' }, text),
);
