// The whole text again through marked and DOMPurify, once a frame.

import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { perFrame } from './per-frame.mjs';

let root;
let text = '';

export default perFrame({
  name: 'marked + DOMPurify, per frame',
  mount(element) {
    root = element;
    text = '';
  },
  append(delta) {
    text += delta;
    root.innerHTML = DOMPurify.sanitize(marked.parse(text));
  },
  end() {},
});
