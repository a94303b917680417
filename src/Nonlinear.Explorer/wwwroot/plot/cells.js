// Numbers as a table of squares, shaded by how large they are, drawn within a chart whose axes count rows and columns.
import { pretty, style } from '../dom.js';

// Pixels of a square below which letters are smaller, and of a letter then.
const narrow = 52, letter = 6.1;

const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * The pixels of a square.
 * @param {import('@page').View} view
 */
const sizeOf = view => ({ wide: view.x(2) - view.x(1), high: view.y(2) - view.y(1) });

/**
 * Draws the numbers; who does not see them reads rows. NaN is a square that is not there.
 * @param {() => import('@page').Table} table
 * @returns {import('@page').Draw}
 */
export const cells = table => (layer, view) => {
  const { name, rows, rowName, reach, digits = 2 } = table(), { wide, high } = sizeOf(view);
  const largest = reach ?? rows.flat().reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
  const [above, below] = [style('--curve-0'), style('--curve-1')];
  layer.attr('role', 'table').attr('aria-label', name);
  const lines = layer.selectAll('g.row').data(rows)
    .join('g').attr('class', 'row').attr('role', 'row').attr('aria-label', (_, i) => rowName(i));
  const squares = lines.selectAll('g').data((row, i) => row.map((value, j) => ({ value, i, j })))
    .join(enter => {
      const cell = enter.append('g').attr('class', 'cell').attr('role', 'cell');
      cell.append('rect');
      cell.append('text');
      return cell;
    });
  squares.attr('transform', ({ i, j }) => `translate(${view.x(j + 1)},${view.y(i + 1)})`);
  squares.select('rect')
    .attr('x', 1 - wide / 2).attr('width', Math.max(1, wide - 2))
    .attr('y', 1 - high / 2).attr('height', Math.max(1, high - 2))
    .attr('fill', ({ value }) => value >= 0 ? above : below)
    .attr('fill-opacity', ({ value }) => 0.45 * Math.sqrt(Math.abs(value || 0) / (largest || 1)));
  squares.select('text').attr('text-anchor', 'middle').attr('dominant-baseline', 'central')
    .style('font-size', wide < narrow ? '10px' : null)
    .text(({ value }) => written(value, digits, wide < narrow ? (wide - 1) / letter : Infinity));
  squares.attr('aria-label', ({ value }) => written(value, digits, Infinity));
};

/**
 * A number with as many digits as there is room for; a dot stands for one that no room is enough for.
 * @param {number} value
 * @param {number} digits
 * @param {number} room in letters
 */
export function written(value, digits, room) {
  if (Number.isNaN(value))
    return '–';
  for (let kept = digits; kept > 0; kept--) {
    const text = pretty(value, kept);
    // Where it is narrow 0.25 is written as .25.
    const fitting = [text, text.replace(/^(−?)0\./, '$1.')].find(each => each.length <= room);
    if (fitting)
      return fitting;
  }
  return '·';
}

/**
 * Squares to press, one of which is chosen: by pointer, finger, or the arrow keys; other keys are the caller's.
 * @param {() => import('@page').Choice} choice
 * @returns {import('@page').Draw}
 */
export const squares = choice => (layer, view) => {
  const { rows, columns, chosen, name, choose, key } = choice(), { wide, high } = sizeOf(view);
  const places = Array.from({ length: rows * columns }, (_, at) => ({ i: Math.floor(at / columns), j: at % columns }));
  const isChosen = ({ i, j }) => i === chosen[0] && j === chosen[1];
  layer.selectAll('rect').data(places).join('rect')
    .attr('class', place => isChosen(place) ? 'square-place chosen-place' : 'square-place')
    .attr('role', 'button')
    .attr('tabindex', place => isChosen(place) ? 0 : -1)
    .attr('aria-pressed', place => String(isChosen(place)))
    .attr('aria-label', ({ i, j }) => name(i, j))
    .attr('data-place', ({ i, j }) => `${i},${j}`)
    .attr('x', ({ j }) => view.x(j + 1) + 2 - wide / 2).attr('width', Math.max(1, wide - 4))
    .attr('y', ({ i }) => view.y(i + 1) + 2 - high / 2).attr('height', Math.max(1, high - 4))
    .on('click', (_, { i, j }) => choose(i, j))
    .on('keydown', move);

  function move(event, { i, j }) {
    const [down, right] = ways[event.key] ?? [0, 0];
    const [row, column] = [i + down, j + right];
    if (row < 0 || row >= rows || column < 0 || column >= columns)
      return;
    if (down !== 0 || right !== 0) {
      choose(row, column);
      layer.selectAll('rect').filter(place => place.i === row && place.j === column).node()?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(i, j);
    } else if (!key(event.key)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
};
