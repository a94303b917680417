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
 * @param {number} low
 * @param {number} high
 * @returns {[number, number]}
 */
export function logRange(low, high) {
  if (!(low > 0) || !(high > 0))
    return [1e-3, 1];
  const least = 10 ** Math.floor(Math.log10(low) - 0.05), most = 10 ** Math.ceil(Math.log10(high) + 0.05);
  return [Math.max(least, 1e-46), most];
}

/**
 * Powers of ten only, about eight of them.
 * @param {number} least
 * @param {number} most
 */
export function decades(least, most) {
  const low = Math.ceil(Math.log10(least) - 1e-9), high = Math.floor(Math.log10(most) + 1e-9);
  const step = Math.max(1, Math.ceil((high - low) / 8)), found = [];
  for (let power = low; power <= high; power += step)
    found.push(10 ** power);
  return found;
}

/**
 * Steps of 1, 2 or 5 times a power of ten.
 * @param {number} from
 * @param {number} to
 * @param {number} about how many
 */
export function ticks(from, to, about) {
  const rough = (to - from) / about, power = 10 ** Math.floor(Math.log10(rough));
  const multiple = [1, 2, 5].find(each => each * power >= rough * 0.999) ?? 10, step = power * multiple;
  const found = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++)
    found.push(Number((k * step).toPrecision(12)));
  return found;
}
