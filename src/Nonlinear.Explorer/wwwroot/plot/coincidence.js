// Curves that run upon each other, told apart as in the tool's figures: where it does the lower is drawn wider, and is
// seen on both sides of the other. Dashes would not do: they say which curve it is.

// In pixels: curves that are nearer look like one. Of the width: where they do so for less, they only cross.
const near = 1.5, together = 0.08, samples = 128;

/**
 * Where others lie on each curve, and how many, one upon the other.
 * @param {number[]} xs in pixels, rising
 * @param {import('@page').Column[]} columns the curves, at these places
 * @param {(y: number) => number} toPixel
 * @param {string[]} looks a curve that looks different need not be told apart
 * @returns {{ from: number, to: number, count: number }[][]} stretches of each curve, from one place to another
 */
export function coverings(xs, columns, toPixel, looks) {
  // Few places are enough, and a frame has no time for more.
  const step = Math.max(1, Math.floor(xs.length / samples));
  const places = Array.from({ length: Math.ceil(xs.length / step) }, (_, i) => i * step);
  const heights = columns.map(column => places.map(place => heightAt(column, place, toPixel)));
  const last = xs.length - 1, end = run => Math.min(run.end * step, last), least = together * (xs[last] - xs[0]);
  const counts = columns.map(() => places.map(() => 0));
  for (let lower = heights.length - 2; lower >= 0; lower--) {
    for (let upper = lower + 1; upper < heights.length; upper++) {
      if (looks[lower] !== looks[upper])
        continue;
      const alike = places.map((_, i) => Math.abs(heights[lower][i] - heights[upper][i]) < near);
      for (const run of runs(alike)) {
        if (!run.value || xs[end(run)] - xs[run.start * step] < least)
          continue;
        for (let i = run.start; i < run.end; i++)
          counts[lower][i] = Math.max(counts[lower][i], counts[upper][i] + 1);
      }
    }
  }
  return counts.map(count => runs(count).filter(run => run.value > 0)
    .map(run => ({ from: run.start * step, to: end(run), count: run.value })));
}

// Where the curve breaks there is no number.
function heightAt(column, place, toPixel) {
  const y = column[place];
  return typeof y === 'number' ? toPixel(y) : NaN;
}

/**
 * Stretches of equal values, each from its start to before its end.
 * @template T
 * @param {T[]} values
 */
function runs(values) {
  /** @type {{ start: number, end: number, value: T }[]} */
  const found = [];
  values.forEach((value, i) => {
    const run = found.at(-1);
    if (run?.value === value)
      run.end = i + 1;
    else
      found.push({ start: i, end: i + 1, value });
  });
  return found;
}
