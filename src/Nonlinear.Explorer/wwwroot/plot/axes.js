// Two axes about an area: scales, marks, numbers, titles, and the grid.
import { axisBottom, axisLeft, scaleLinear, scaleLog } from '../vendor/d3/d3.js';
import { pretty, superscript } from '../dom.js';
import { marksOf } from './scales.js';

const top = 10, right = 14, widthOfDigit = 6.7, pixelsPerMark = { x: 96, y: 42 }, leastMarks = 4;

/**
 * @param {import('@page').Layer} root
 * @param {import('@page').Axis} across
 * @param {import('@page').Axis} up
 */
export function axes(root, across, up) {
  const groups = { x: axisGroup('x'), y: axisGroup('y') };
  const titles = { x: title('x', across.title), y: title('y', up.title) };
  /** @type {import('@page').View} */
  const view = { x: scaleOf(across), y: scaleOf(up), left: 0, top, right: 0, bottom: 0 };
  let drawn = '';

  function axisGroup(name) {
    return root.append('g').attr('class', `axis ${name}`).attr('aria-hidden', 'true');
  }

  function title(name, words) {
    return root.append('text').attr('class', `title ${name}`)
      .attr('aria-hidden', 'true').attr('text-anchor', 'middle').text(words);
  }

  /**
   * Lays the axes out over a size, from and to where they go; only what has changed is drawn.
   * @param {number} width
   * @param {number} height
   * @param {[number, number]} spanOfX
   * @param {[number, number]} spanOfY
   * @returns {boolean} whether anything has
   */
  function draw(width, height, spanOfX, spanOfY) {
    const key = [width, height, ...spanOfX, ...spanOfY].join();
    if (drawn === key)
      return false;
    drawn = key;
    view.bottom = height - (across.title ? 38 : 24);
    view.right = width - right;
    view.y.domain(spanOfY).range([view.bottom, view.top]);
    const upward = marksOf(view.y, up, Math.max(2, (view.bottom - view.top) / pixelsPerMark.y));
    const beside = upward.map(mark => write(up, mark));
    // Charts one above the other have the same margin, unless one of them has very long numbers.
    const margin = up.title ? 20 : 4;
    view.left = Math.max(margin + 42, margin + 10 + widthOfDigit * Math.max(0, ...beside.map(number => number.length)));
    view.x.domain(spanOfX).range([view.left, view.right]);
    const onward = marksWithRoom(view.right - view.left);
    groups.x.attr('transform', `translate(0,${view.bottom})`).call(axisBottom(view.x)
      .tickValues(onward).tickFormat(mark => write(across, Number(mark)))
      .tickSizeInner(view.top - view.bottom).tickSizeOuter(0).tickPadding(8).offset(0));
    groups.y.attr('transform', `translate(${view.left},0)`).call(axisLeft(view.y)
      .tickValues(upward).tickFormat((_, i) => beside[i])
      .tickSizeInner(view.left - view.right).tickSizeOuter(0).tickPadding(7).offset(0));
    for (const [name, axis] of /** @type {['x' | 'y', import('@page').Axis][]} */ ([['x', across], ['y', up]]))
      groups[name].selectAll('.tick line').classed('zero', mark => mark === 0 && !axis.ticks && !axis.whole);
    titles.x.attr('transform', `translate(${(view.left + view.right) / 2},${height - 6})`);
    titles.y.attr('transform', `translate(13,${(view.top + view.bottom) / 2}) rotate(-90)`);
    return true;
  }

  // As many marks as their numbers have room for.
  function marksWithRoom(width) {
    const most = Math.max(leastMarks, width / pixelsPerMark.x);
    for (let about = most; ; about--) {
      const marks = marksOf(view.x, across, about);
      const longest = Math.max(...marks.map(mark => write(across, mark).length));
      if (about < 2 || marks.length * (longest * widthOfDigit + 12) <= width + 12)
        return marks;
    }
  }

  return { view, draw };
}

/** @param {import('@page').Axis} axis */
const scaleOf = axis => /** @type {import('@page').Scale} */ (axis.log ? scaleLog() : scaleLinear());

/**
 * A mark's number as printers set it.
 * @param {import('@page').Axis} axis
 * @param {number} mark
 */
function write(axis, mark) {
  if (axis.write)
    return axis.write(mark);
  // From 10⁴ on powers of ten say more than zeros.
  const power = Math.round(Math.log10(mark));
  return axis.log && mark === Number(`1e${power}`) && Math.abs(power) > 3 ? `10${superscript(power)}` : pretty(mark, 6);
}
