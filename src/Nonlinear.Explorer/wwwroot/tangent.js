// A tangent that slides along f while f′ is drawn by it: what a derivative is, seen.
import { h, pretty, style } from './dom.js';
import { library, quantity, titleOf } from './library.js';
import { playButton } from './controls.js';
import { t } from './words.js';

/**
 * @param {object} view
 * @param {import('@page').State} view.state
 * @param {() => import('@page').Grid} view.grid
 * @param {() => { spelling: string, colour: string } | null} view.first the function whose tangent it is
 * @param {() => void} view.redraw draws the charts again
 */
export function tangent({ state, grid, first, redraw }) {
  const range = h('input', { type: 'range', min: 0, max: 1, step: 'any', 'data-name': 'tangent-at', 'aria-label': t('tangent') });
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
    const at = what => Number(library.At([spelling], what, x)[0].replace('inf', 'Infinity'));
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

  /** What is drawn over the chart of a quantity. */
  function over(kind) {
    return (u, context) => {
      const curve = subject();
      if (curve === null || state.get('log') !== '' || kind !== 'f' && kind !== 'd')
        return;
      const { x, y, slope } = point(curve.spelling), unit = devicePixelRatio, { bbox } = u;
      const px = value => u.valToPos(value, 'x', true), py = value => u.valToPos(value, 'y', true);
      context.save();
      context.setLineDash([]);
      context.beginPath();
      context.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      context.clip();
      context.strokeStyle = style('--ink');
      context.lineWidth = 1.5 * unit;
      context.beginPath();
      if (kind === 'f') {
        const { min, max } = u.scales.x;
        context.moveTo(px(min), py(y + slope * (min - x)));
        context.lineTo(px(max), py(y + slope * (max - x)));
      } else {
        // What has not been drawn by the tangent yet is only hinted at.
        context.fillStyle = style('--paper');
        context.globalAlpha = 0.82;
        context.fillRect(px(x), bbox.top, bbox.left + bbox.width - px(x), bbox.height);
        context.globalAlpha = 1;
        context.moveTo(px(x), py(0));
        context.lineTo(px(x), py(slope));
      }
      context.stroke();
      context.beginPath();
      context.arc(px(x), py(kind === 'f' ? y : slope), 5 * unit, 0, 2 * Math.PI);
      context.fillStyle = curve.colour;
      context.fill();
      context.stroke();
      context.restore();
    };
  }

  return { element, show, over };
}
