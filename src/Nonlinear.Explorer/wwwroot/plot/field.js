// Numbers over a plane as a picture: from one colour of the style sheet by the paper's to another.
import { contextOf, h, style } from '../dom.js';

// The paper stays in sight under the strongest colour, and marks on top of it.
const strongest = 0.75;

const small = h('canvas');

/**
 * Paints a square of numbers, row by row from the top; a canvas with more pixels shows them smoothly.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} numbers from −1, the first colour, by 0, the paper, to 1, the second; NaN is paper too
 * @param {string} low the first colour's name in the style sheet
 * @param {string} high the second's
 * @param {number} inset how much of the outermost numbers' cells lies outside: half, where they are of the very edges
 */
export function paint(canvas, numbers, low, high, inset = 0) {
  const side = Math.sqrt(numbers.length), isSmooth = canvas.width !== side;
  const target = isSmooth ? small : canvas;
  if (isSmooth && small.width !== side)
    [small.width, small.height] = [side, side];
  contextOf(target).putImageData(pixels(contextOf(target), side, numbers, low, high), 0, 0);
  if (!isSmooth)
    return;
  const context = contextOf(canvas);
  context.imageSmoothingEnabled = true;
  const shown = side - 2 * inset;
  context.drawImage(small, inset, inset, shown, shown, 0, 0, canvas.width, canvas.height);
}

function pixels(context, side, numbers, low, high) {
  const image = context.createImageData(side, side);
  const ends = [colour(low), colour(high)], paper = colour('--paper');
  for (let i = 0; i < numbers.length; i++) {
    const number = Number.isNaN(numbers[i]) ? 0 : numbers[i];
    const end = ends[number < 0 ? 0 : 1], part = Math.abs(number) * strongest;
    for (let k = 0; k < 3; k++)
      image.data[4 * i + k] = paper[k] + (end[k] - paper[k]) * part;
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** Numbers as parts of the largest among them. */
export function scaled(numbers) {
  const most = largest(numbers) || 1;
  return numbers.map(number => number / most);
}

/** How large the largest of some numbers is, whatever its sign. */
export const largest = numbers =>
  numbers.reduce((most, number) => Number.isFinite(number) ? Math.max(most, Math.abs(number)) : most, 0);

/** @type {Map<string, number[]>} */
const colours = new Map();

// A colour of the style sheet as three numbers, looked up once for each theme.
function colour(name) {
  const text = style(name);
  const known = colours.get(text);
  if (known)
    return known;
  const context = contextOf(h('canvas', { width: 1, height: 1 }), { willReadFrequently: true });
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const parts = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  colours.set(text, parts);
  return parts;
}
