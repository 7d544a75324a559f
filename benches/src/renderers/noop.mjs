// Takes the deltas and draws nothing: what feeding costs.

export default {
  name: '(no-op)',
  mount() {},
  append() {},
  end() {},
};
