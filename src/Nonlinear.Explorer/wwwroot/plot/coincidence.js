// Curves that run upon each other, told apart as in the tool's figures: the lower is drawn wider, and is seen on both
// sides of the other. Dashes would not do: they say which curve it is.

// In pixels: curves that are nearer look like one. Of the width: where they do so for less, the eye tells them apart.
const near = 1.5, together = 0.08, samples = 128;

/**
 * How many others lie on each curve, one upon the other.
 * @param {import('@page').Column[]} columns the curves, at common places
 * @param {(y: number) => number} toPixel
 * @param {string[]} looks a curve that looks different need not be told apart
 * @returns {number[]}
 */
export function coverings(columns, toPixel, looks) {
  const heights = columns.map(column => sampled(column, toPixel)), upon = columns.map(() => 0);
  for (let lower = heights.length - 2; lower >= 0; lower--) {
    for (let upper = lower + 1; upper < heights.length; upper++) {
      if (looks[lower] === looks[upper] && areAlike(heights[lower], heights[upper]))
        upon[lower] = Math.max(upon[lower], upon[upper] + 1);
    }
  }
  return upon;
}

// Few places are enough, and a frame has no time for more; where the curve breaks there is no number.
function sampled(column, toPixel) {
  const step = Math.max(1, Math.floor(column.length / samples));
  return Array.from({ length: Math.ceil(column.length / step) }, (_, i) => {
    const y = column[i * step];
    return typeof y === 'number' ? toPixel(y) : NaN;
  });
}

function areAlike(one, other) {
  const alike = one.reduce((count, height, i) => count + (Math.abs(height - other[i]) < near ? 1 : 0), 0);
  return alike > together * one.length;
}
