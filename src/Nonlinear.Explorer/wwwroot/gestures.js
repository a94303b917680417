// Wheel and fingers on a chart: uPlot itself knows the mouse alone.

// A page that is being scrolled past a chart is not to be stopped by it.
const afterScroll = 300;
let scrolled = -Infinity;
addEventListener('scroll', () => { scrolled = performance.now(); }, { passive: true, capture: true });

/**
 * @param {HTMLElement} over what receives the events: the plot's area
 * @param {object} view
 * @param {() => [from: number, to: number]} view.range
 * @param {(from: number, to: number) => void} view.set
 * @param {(x: number) => void} view.read
 */
export function gestures(over, view) {
  const at = clientX => {
    const box = over.getBoundingClientRect(), [from, to] = view.range();
    return from + (clientX - box.left) / box.width * (to - from);
  };

  over.addEventListener('wheel', event => {
    if (event.ctrlKey === false && performance.now() - scrolled < afterScroll)
      return;
    event.preventDefault();
    const [from, to] = view.range();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const shift = event.deltaX / over.clientWidth * (to - from);
      return view.set(from + shift, to + shift);
    }
    // A notch of a mouse's wheel is about 100; a touchpad sends many small ones.
    const factor = 1.2 ** Math.max(-3, Math.min(3, event.deltaY / 100)), x = at(event.clientX);
    return view.set(x + (from - x) * factor, x + (to - x) * factor);
  }, { passive: false });

  /** @type {Map<number, number>} */
  const fingers = new Map();
  let began = { xs: [0], range: view.range() }, moved = false;

  over.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'touch')
      return;
    fingers.set(event.pointerId, event.clientX);
    moved = fingers.size > 1;
    begin();
    view.read(at(event.clientX));
  });

  over.addEventListener('pointermove', event => {
    if (!fingers.has(event.pointerId))
      return;
    fingers.set(event.pointerId, event.clientX);
    const xs = [...fingers.values()], width = over.clientWidth, [from, to] = began.range, span = to - from;
    if (xs.length === 1 && !moved && Math.abs(xs[0] - began.xs[0]) < 6)
      return;
    moved = true;
    if (xs.length === 1) {
      // What was under the finger stays there.
      const shift = (began.xs[0] - xs[0]) / width * span;
      view.set(from + shift, to + shift);
    } else {
      const apart = Math.max(20, Math.abs(xs[1] - xs[0])), before = Math.max(20, Math.abs(began.xs[1] - began.xs[0]));
      const left = over.getBoundingClientRect().left;
      const middle = (xs[0] + xs[1]) / 2 - left, middleBefore = (began.xs[0] + began.xs[1]) / 2 - left;
      const held = from + middleBefore / width * span, now = span * before / apart;
      view.set(held - middle / width * now, held + (width - middle) / width * now);
    }
  });

  const end = event => {
    if (fingers.delete(event.pointerId) && fingers.size > 0)
      begin();
  };
  over.addEventListener('pointerup', end);
  over.addEventListener('pointercancel', end);

  function begin() {
    began = { xs: [...fingers.values()], range: view.range() };
  }
}
