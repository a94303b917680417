// Colours that the colour-blind can tell apart, as Okabe and Ito published them (2008), then dashes: in curves, legends and tables alike.
import { style, svg } from './dom.js';

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

/**
 * A piece of a curve, as the key to it.
 * @param {{ colour: string, dash?: number[] }} stroke
 */
export function swatch({ colour, dash = [] }) {
  return svg('svg', { class: 'swatch', viewBox: '0 0 28 12', 'aria-hidden': 'true', 'data-colour': colour, 'data-dash': dash.join(' ') },
    svg('path', { d: 'M1 6h26', stroke: colour, 'stroke-width': 3, 'stroke-dasharray': dash.length > 0 ? dash.join(' ') : null }));
}

/** The key to a chart of several curves. */
export const keyEntry = series => {
  const entry = document.createElement('span');
  entry.className = 'key-entry';
  entry.append(swatch(series), series.label);
  return entry;
};
