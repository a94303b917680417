// How far axes reach, and where they are marked.

/**
 * A stretch with room about the values; of no values, from −1 to 1.
 * @param {number | null | undefined} low
 * @param {number | null | undefined} high
 * @returns {[number, number]}
 */
export function padded(low, high) {
  if (low === null || low === undefined || high === null || high === undefined)
    return [-1, 1];
  const margin = high > low ? (high - low) * 0.06 : Math.max(0.5, Math.abs(high) * 0.1);
  return [low - margin, high + margin];
}

/**
 * Whole powers of ten about the values, down to the smallest of floats.
 * @param {number | null | undefined} low
 * @param {number | null | undefined} high
 * @returns {[number, number]}
 */
export function logRange(low, high) {
  if (!low || !high || low < 0 || high < 0)
    return [1e-3, 1];
  const least = 10 ** Math.floor(Math.log10(low) - 0.05), most = 10 ** Math.ceil(Math.log10(high) + 0.05);
  return [Math.max(least, 1e-46), most];
}

/**
 * The least and the greatest of the finite values of some columns; nothing where there are none.
 * @param {import('@page').Column[]} columns
 * @returns {[low: number | null, high: number | null]}
 */
export function extent(columns) {
  let low = Infinity, high = -Infinity;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      if (typeof value !== 'number' || !Number.isFinite(value))
        continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : [null, null];
}

/**
 * Where an axis has marks; a logarithmic one at powers of ten, or at 1, 2 and 5 where few of those are in sight.
 * @param {import('@page').Scale} scale
 * @param {import('@page').Axis} axis
 * @param {number} about how many
 */
export function marksOf(scale, axis, about) {
  const marks = (axis.ticks ?? scale.ticks(about)).filter(mark => !axis.whole || Number.isInteger(mark));
  if (!axis.log)
    return marks;
  const leading = mark => Math.round(mark / 10 ** Math.floor(Math.log10(mark) + 1e-9));
  const powers = marks.filter(mark => leading(mark) === 1);
  return powers.length > 1 ? powers : marks.filter(mark => [1, 2, 5].includes(leading(mark)));
}

/**
 * A number near x with the digits that a pixel tells apart.
 * @param {number} x
 * @param {number} pixel how much of the axis a pixel is
 */
export function readable(x, pixel) {
  const step = 10 ** Math.floor(Math.log10(pixel));
  return Number((Math.round(x / step) * step).toPrecision(12));
}
