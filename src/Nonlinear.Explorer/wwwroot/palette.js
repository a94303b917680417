// Colours that the colour-blind can tell apart, as Okabe and Ito published them (2008), then dashes: in curves, legends
// and tables alike.
import { symbol, symbolCircle, symbolTriangle } from './vendor/d3/d3.js';
import { h, style, svg } from './dom.js';

const colours = 7;
const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** The colour and dash pattern of a slot; of several curves with one colour, those of the second and the next. */
export const stroke = (slot, nth = 0) => ({
  colour: style(`--curve-${slot % colours}`),
  dash: dashes[(Math.floor(slot / colours) + nth) % dashes.length],
});

/** The lowest slot that nobody has. */
export function free(taken) {
  let slot = 0;
  while (taken.includes(slot))
    slot++;
  return slot;
}

/** @type {Record<string, import('@page').SymbolType>} */
const symbols = { circle: symbolCircle, triangle: symbolTriangle };

/** The outline of a point: each kind has a shape as well as a colour. */
export const outline = (kind, size) => symbol(symbols[kind], size)() ?? '';

/**
 * A piece of a curve, or a point, as the key to it.
 * @param {import('@page').Look} look
 */
export function swatch({ colour, dash = [], point }) {
  const pattern = dash.join(' ');
  return svg('svg', {
    class: 'swatch', viewBox: '0 0 28 12', 'aria-hidden': 'true', 'data-colour': colour, 'data-dash': pattern,
  }, point
    ? svg('path', { d: outline(point, 90), transform: 'translate(14,6)', fill: colour })
    : svg('path', { d: 'M1 6h26', stroke: colour, 'stroke-width': 3, 'stroke-dasharray': pattern || null }));
}

/**
 * An entry of the key to a chart.
 * @param {import('@page').KeyEntry} entry
 */
export const keyEntry = entry => h('span', { class: 'key-entry' }, swatch(entry), entry.label);
