// A candidate that gets the text of an animation frame at once.

export function perFrame(candidate) {
  let waiting = '';
  let frame = 0;
  const draw = () => {
    frame = 0;
    const text = waiting;
    waiting = '';
    if (text !== '') candidate.append(text);
  };
  return {
    ...candidate,
    append(delta) {
      waiting += delta;
      frame ||= requestAnimationFrame(draw);
    },
    end() {
      cancelAnimationFrame(frame);
      draw();
      return candidate.end();
    },
  };
}
