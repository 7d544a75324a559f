// No Markdown at all: a paragraph for each blank line, once a frame. What drawing text costs at least, unless finished
// text is skipped.

import { perFrame } from './per-frame.mjs';

let root;
let text;

function open() {
  const paragraph = document.createElement('p');
  paragraph.style.whiteSpace = 'pre-wrap';
  text = document.createTextNode('');
  paragraph.append(text);
  root.append(paragraph);
}

function write(added) {
  added.split('\n\n').forEach((part, at) => {
    if (at > 0) open();
    text.appendData(part);
  });
}

export default perFrame({
  name: '(plain paragraphs, per frame)',
  mount(element) {
    root = element;
    open();
  },
  append: write,
  end() {},
});
