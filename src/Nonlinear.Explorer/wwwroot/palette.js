// Colours that the colour-blind can tell apart (Okabe and Ito 2008, darkened for paper and lightened for the dark), then dashes.
import { style } from './dom.js';

const colours = 8;
const dashes = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

/** The colour and dash pattern of a slot. */
export const stroke = slot => ({ colour: style(`--curve-${slot % colours}`), dash: dashes[Math.floor(slot / colours) % dashes.length] });

/** The lowest slot that nobody has. */
export function free(taken) {
  let slot = 0;
  while (taken.includes(slot))
    slot++;
  return slot;
}
