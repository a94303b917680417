// Mouse, wheel and fingers on a chart: they move, zoom and choose a stretch of an axis. d3-zoom, made for this, takes
// every move of a finger for itself; here a page can be scrolled past a chart.

// A page that is being scrolled past a chart is not to be stopped by it.
const afterScroll = 300;
let scrolled = -Infinity;
addEventListener('scroll', () => { scrolled = performance.now(); }, { passive: true, capture: true });

const least = 4;

/**
 * @param {SVGSVGElement} svg
 * @param {{ area: Element, x: Element, y: Element }} parts what receives the events: the area, and the axes beside it
 * @param {import('@page').View} view
 * @param {object} does
 * @param {(from: number, to: number) => void} does.across shows a stretch of the axis of x
 * @param {((low: number, high: number) => void) | undefined} does.up shows a stretch of the axis of y
 * @param {(x: number) => void} does.read
 * @param {(from: number, to: number) => void} does.select shows what is being chosen, in pixels
 */
export function gestures(svg, parts, view, does) {
  const xOf = event => event.clientX - svg.getBoundingClientRect().left;
  const yOf = event => event.clientY - svg.getBoundingClientRect().top;

  // What an axis shows when what was at one pixel comes to another, with so many times as much in the same room.
  function shift(scale, before, now, factor = 1) {
    const [start, end] = scale.range();
    return [start, end].map(edge => scale.invert(before + (edge - now) * factor));
  }

  // A notch of a mouse's wheel is about 100; a touchpad sends many small ones.
  const factorOf = event => 1.2 ** Math.max(-3, Math.min(3, event.deltaY / 100));

  function wheel(part, work) {
    part.addEventListener('wheel', event => {
      if (!event.ctrlKey && performance.now() - scrolled < afterScroll)
        return;
      event.preventDefault();
      work(event);
    }, { passive: false });
  }

  for (const part of [parts.area, parts.x])
    wheel(part, event => {
      const isAcross = Math.abs(event.deltaX) > Math.abs(event.deltaY), at = xOf(event);
      const [from, to] = isAcross ? shift(view.x, event.deltaX, 0) : shift(view.x, at, at, factorOf(event));
      does.across(from, to);
    });
  if (does.up)
    wheel(parts.y, event => {
      const [low, high] = shift(view.y, yOf(event), yOf(event), factorOf(event));
      does.up?.(low, high);
    });

  // An axis is taken by its numbers and pulled.
  pull(parts.x, () => view.x, xOf, does.across);
  if (does.up)
    pull(parts.y, () => view.y, yOf, does.up);

  function pull(part, scaleOf, place, show) {
    part.addEventListener('pointerdown', event => {
      const scale = scaleOf().copy(), began = place(event);
      follow(part, event, moved => {
        const [start, end] = shift(scale, began, place(moved));
        show(start, end);
      });
    });
  }

  // The mouse chooses a stretch, or with Shift moves what is shown.
  parts.area.addEventListener('pointerdown', event => {
    if (!(event instanceof PointerEvent) || event.pointerType === 'touch' || event.button !== 0)
      return;
    const began = xOf(event), scale = view.x.copy(), isMoved = event.shiftKey;
    let now = began;
    follow(parts.area, event, moved => {
      now = Math.min(view.right, Math.max(view.left, xOf(moved)));
      if (!isMoved)
        return does.select(began, Math.abs(now - began) < least ? began : now);
      const [from, to] = shift(scale, began, xOf(moved));
      return does.across(from, to);
    }, () => {
      does.select(began, began);
      const [from, to] = [Math.min(began, now), Math.max(began, now)];
      if (!isMoved && to - from >= least)
        does.across(view.x.invert(from), view.x.invert(to));
    });
  });

  /** @type {Map<number, number>} */
  const fingers = new Map();
  let began = { xs: [0], scale: view.x }, isMoved = false;
  const begin = () => { began = { xs: [...fingers.values()], scale: view.x.copy() }; };

  parts.area.addEventListener('pointerdown', event => {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch')
      return;
    fingers.set(event.pointerId, xOf(event));
    isMoved = fingers.size > 1;
    begin();
    does.read(xOf(event));
  });

  parts.area.addEventListener('pointermove', event => {
    if (!(event instanceof PointerEvent) || !fingers.has(event.pointerId))
      return;
    fingers.set(event.pointerId, xOf(event));
    const [one, two = one] = [...fingers.values()], [oneBefore, twoBefore = oneBefore] = began.xs;
    if (fingers.size === 1 && !isMoved && Math.abs(one - oneBefore) < 6)
      return;
    isMoved = true;
    // What was under the fingers stays there.
    const apart = Math.max(20, Math.abs(two - one)), before = Math.max(20, Math.abs(twoBefore - oneBefore));
    const [from, to] = shift(began.scale, (oneBefore + twoBefore) / 2, (one + two) / 2, before / apart);
    does.across(from, to);
  });

  const end = event => {
    if (fingers.delete(event.pointerId) && fingers.size > 0)
      begin();
  };
  parts.area.addEventListener('pointerup', end);
  parts.area.addEventListener('pointercancel', end);
}

/**
 * Follows a pointer that has come down, wherever it goes, until it leaves.
 * @param {Element} target
 * @param {any} down
 * @param {(moved: any) => void} move
 * @param {() => void} [end]
 */
export function follow(target, down, move, end) {
  const stop = new AbortController(), only = event => event.pointerId === down.pointerId;
  target.setPointerCapture(down.pointerId);
  target.addEventListener('pointermove', event => { if (only(event)) move(event); }, { signal: stop.signal });
  for (const type of ['pointerup', 'pointercancel'])
    target.addEventListener(type, event => {
      if (!only(event))
        return;
      stop.abort();
      end?.();
    }, { signal: stop.signal });
}

/**
 * The place in a chart at which a pointer is, in the units of its axes.
 * @param {import('@page').Chart} chart
 * @param {any} event
 */
export function pointAt({ svg, view }, event) {
  const box = svg.getBoundingClientRect();
  return { x: view.x.invert(event.clientX - box.left), y: view.y.invert(event.clientY - box.top) };
}
