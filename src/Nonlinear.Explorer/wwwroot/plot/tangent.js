// A tangent that slides along f while f′ is drawn by it: what a derivative is, seen.
import { h, numberIn, pretty } from '../dom.js';
import { library, quantity, titleOf } from '../library.js';
import { playButton } from '../controls.js';
import { t } from '../words.js';

/**
 * @param {object} view
 * @param {import('@page').State} view.state
 * @param {() => import('@page').Grid} view.grid
 * @param {() => { spelling: string, colour: string } | null} view.first the function whose tangent it is
 * @param {() => void} view.redraw draws the charts again
 */
export function tangent({ state, grid, first, redraw }) {
  const range = h('input', {
    type: 'range', min: 0, max: 1, step: 'any', 'data-name': 'tangent-at', 'aria-label': t('tangent'),
  });
  const words = h('code', { 'data-name': 'tangent-slope' });
  const play = playButton(t('tangent'), 0, 1, share => place(share));
  const element = h('div', { class: 'tangent', hidden: true }, play, range, words);
  let share = 0.3;

  range.addEventListener('input', () => place(Number(range.value)));

  function place(now) {
    share = now;
    range.value = String(now);
    redraw();
  }

  const subject = () => state.get('tangent') !== '' ? first() : null;

  function point(spelling) {
    const { from, to } = grid(), x = from + (to - from) * share;
    const at = what => numberIn(library.At([spelling], what, x)[0]);
    return { x, y: at(quantity.function), slope: at(quantity.derivative) };
  }

  /** Says where the tangent is. */
  function show() {
    const curve = subject();
    element.hidden = curve === null;
    if (curve === null)
      return;
    range.value = String(share);
    const { x, slope } = point(curve.spelling);
    words.textContent = `x = ${pretty(x, 3)}, ${t('slopeAt', pretty(slope, 4))}`;
    words.title = t('tangentOf', titleOf(curve.spelling));
  }

  /**
   * What is drawn over the chart of a quantity.
   * @param {string} kind
   * @returns {import('@page').Draw}
   */
  function over(kind) {
    return (layer, view) => {
      const curve = kind === 'f' || kind === 'd' ? subject() : null;
      layer.style('display', curve === null || state.get('log') !== '' ? 'none' : null);
      if (curve === null || state.get('log') !== '')
        return;
      const { x, y, slope } = point(curve.spelling), at = view.x(x);
      const [low, high] = view.x.domain();
      // What has not been drawn by the tangent yet is only hinted at.
      one(layer, 'rect', 'veil').attr('x', at).attr('y', view.top)
        .attr('width', kind === 'd' ? Math.max(0, view.right - at) : 0).attr('height', view.bottom - view.top);
      const [start, end] = kind === 'f'
        ? [[low, y + slope * (low - x)], [high, y + slope * (high - x)]]
        : [[x, 0], [x, slope]];
      one(layer, 'line', 'slope')
        .attr('x1', view.x(start[0])).attr('y1', view.y(start[1]))
        .attr('x2', view.x(end[0])).attr('y2', view.y(end[1]));
      one(layer, 'circle', 'slope')
        .attr('r', 5).attr('cx', at).attr('cy', view.y(kind === 'f' ? y : slope)).attr('fill', curve.colour);
    };
  }

  return { element, show, over };
}

const one = (layer, tag, name) => layer.selectAll(tag).data([0]).join(tag).attr('class', name);
