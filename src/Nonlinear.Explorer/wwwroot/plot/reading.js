// What a chart says at a place: a line through it and a dot on each curve, in all charts that share a pointer, and
// beside a finger the values that it hides.
import { h, pretty } from '../dom.js';

/** @type {Map<string, Set<(x: number | null) => void>>} */
const together = new Map();

/**
 * @param {HTMLElement} frame
 * @param {import('@page').Layer} layer
 * @param {import('@page').View} view
 * @param {() => { columns: import('@page').Column[], series: import('@page').Series[] }} shown
 * @param {import('@page').ChartOptions} options
 */
export function reading(frame, layer, view, shown, options) {
  const line = layer.append('line').attr('class', 'cursor');
  const dots = layer.append('g').attr('class', 'dots');
  const bubble = h('div', { class: 'bubble', hidden: true, 'aria-hidden': 'true' });
  frame.append(bubble);
  /** @type {number | null} */
  let at = null;
  /** @type {number | null} */
  let told = null;
  const group = options.sync ? together.get(options.sync) ?? new Set() : new Set();
  if (options.sync)
    together.set(options.sync, group);
  group.add(mark);

  // Here, and in the charts beside it.
  function point(x) {
    for (const each of group)
      each(x);
  }

  function mark(x) {
    at = x;
    draw();
  }

  function draw() {
    const isShown = at !== null && view.right > view.left && at >= view.x.domain()[0] && at <= view.x.domain()[1];
    const { columns, series } = shown();
    const values = isShown && at !== null ? valuesAt(columns, at) : [];
    const across = isShown && at !== null ? view.x(at) : -1;
    line.attr('visibility', isShown ? 'visible' : 'hidden')
      .attr('x1', across).attr('x2', across).attr('y1', view.top).attr('y2', view.bottom);
    dots.selectAll('circle').data(values.filter(({ y }) => y >= view.top && y <= view.bottom)).join('circle')
      .attr('r', 3.2).attr('cx', dot => dot.x).attr('cy', dot => dot.y).attr('stroke', dot => series[dot.place].colour);
    if (told !== null)
      place(told);
  }

  // Of the points that are drawn the nearest: the dots lie on the curves.
  function valuesAt(columns, x) {
    const xs = columns[0] ?? [];
    let low = 0, high = xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((xs[middle] ?? 0) <= x)
        low = middle;
      else
        high = middle;
    }
    const i = Math.abs((xs[high] ?? 0) - x) < Math.abs((xs[low] ?? 0) - x) ? high : low;
    return columns.slice(1).flatMap((column, place) => {
      const y = column[i];
      return typeof y === 'number' && Number.isFinite(y) ? [{ place, x: view.x(xs[i] ?? 0), y: view.y(y) }] : [];
    });
  }

  // Which curve is under the pointer, if one is near.
  function nearest(x, pixelY) {
    const found = valuesAt(shown().columns, x).map(each => ({ ...each, far: Math.abs(each.y - pixelY) }));
    const [closest] = found.sort((a, b) => a.far - b.far);
    return closest && closest.far < 24 ? closest.place : null;
  }

  /** Points at x, and says what the values are there. */
  function tell(x) {
    told = x;
    const lines = options.tell?.(x) ?? [];
    bubble.replaceChildren(
      h('strong', {}, `x = ${pretty(x, 4)}`),
      ...lines.map(([key, words]) => h('span', {}, key, words)));
    bubble.hidden = lines.length === 0;
    point(x);
  }

  function place(x) {
    const left = view.x(x), isLeft = left < (view.left + view.right) / 2;
    bubble.style.left = isLeft ? `${left + 16}px` : '';
    bubble.style.right = isLeft ? '' : `${frame.clientWidth - left + 16}px`;
  }

  function quiet() {
    told = null;
    bubble.hidden = true;
  }

  const elsewhere = event => {
    if (!frame.contains(event.target))
      quiet();
  };
  addEventListener('pointerdown', elsewhere);

  return {
    point, tell, draw, nearest, quiet,
    at: () => at,
    destroy() {
      group.delete(mark);
      removeEventListener('pointerdown', elsewhere);
    },
  };
}
