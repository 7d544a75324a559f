// A React component that takes the whole text: the state is set for each delta, and React batches as in an app.

import { createElement, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

/** `view({ text, done })` gives an element. */
export function react(name, view) {
  let set;
  let mounted;
  let text = '';
  const App = () => {
    const [state, setState] = useState({ text: '', done: false });
    set = setState;
    return createElement(view, state);
  };
  return {
    name,
    mount(root) {
      text = '';
      mounted = createRoot(root);
      flushSync(() => mounted.render(createElement(App)));
    },
    append(delta) {
      text += delta;
      set({ text, done: false });
    },
    end() {
      flushSync(() => set({ text, done: true }));
    },
    unmount() {
      mounted.unmount();
    },
  };
}
