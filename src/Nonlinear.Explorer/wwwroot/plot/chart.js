// The one way in which this page draws over two axes: curves, and whatever else a panel puts between and above them.
// Its SVG takes colours and type from the style sheet; what is saved is that SVG.
import { line, select, symbol, symbolCircle, symbolDiamond } from '../vendor/d3/d3.js';
import { h } from '../dom.js';
import { axes } from './axes.js';
import { coverings } from './coincidence.js';
import { gestures } from './gestures.js';
import { reading } from './reading.js';
import { extent, logRange, padded, readable } from './scales.js';

// Far outside of what is shown a line is only known to go on.
const outside = 1e4;

// How wide a curve is, and how much wider for each that lies upon it.
const usual = 2, wider = 1.6;

let count = 0;

/**
 * A chart in a frame that can have the focus.
 * @param {import('@page').ChartOptions} options
 * @returns {import('@page').Chart}
 */
export function createChart(options) {
  const { x: across, y: up, series } = options;
  const frame = h('div', { class: 'chart', role: 'group', tabindex: '0', 'aria-label': options.name });
  if (options.picture)
    frame.append(options.picture);
  const clip = `area-${count++}`;
  const root = select(frame).append('svg').attr('class', 'plot');
  const clipArea = root.append('clipPath').attr('id', clip).append('rect');
  const clipped = name => root.append('g').attr('class', name).attr('clip-path', `url(#${clip})`);
  const shade = clipped('shade');
  const { view, draw: drawAxes } = axes(/** @type {any} */ (root), across, up);
  const covered = clipped('coverings'), curves = clipped('curves');
  const marks = root.append('g'), above = clipped('above');
  const paths = /** @type {SVGPathElement[]} */ (curves.selectAll('path').data(series).join('path')
    .attr('class', 'curve').attr('stroke', each => each.colour).attr('stroke-width', each => each.width ?? usual)
    .attr('stroke-dasharray', each => each.dash?.length ? each.dash.join(' ') : null)
    .nodes());
  const chosen = root.append('rect').attr('class', 'chosen passing');
  const cursor = root.append('g').attr('class', 'passing');
  const strips = {
    x: root.append('rect').attr('class', 'strip x passing'),
    y: root.append('rect').attr('class', 'strip y passing'),
    area: root.append('rect').attr('class', 'area passing'),
  };
  // What can be grasped lies on top.
  const grips = clipped('grips passing');

  /** @type {import('@page').Column[]} */
  let columns = [];
  /** @type {[number, number]} */
  let span = [0, 1];
  /** @type {import('@page').Column[]} */
  let drawn = [];
  let width = 0;
  /** @type {number | null} */
  let lit = null;
  const shown = () => ({ columns, series });
  const reader = reading(frame, /** @type {any} */ (cursor), view, shown, options);

  function heights() {
    const [low, high] = up.range ? [null, null] : extent(columns.slice(1));
    return options.heights?.() ?? up.range?.() ?? (up.log ? logRange(low, high) : padded(low, high));
  }

  function draw() {
    // Asked of a page that has just been written to, it would be laid out at once; so it is asked once.
    width ||= Math.floor(frame.clientWidth);
    if (width === 0)
      return;
    const height = typeof options.height === 'number' ? options.height : options.height(width);
    const isMoved = drawAxes(width, height, span, heights());
    if (isMoved)
      place(height);
    drawCurves(isMoved);
    drawMarks();
    options.shade?.(shade, view);
    options.over?.(above, view);
    options.grips?.(grips, view);
    reader.draw();
  }

  // Everything but the axes to its place.
  function place(height) {
    const wide = view.right - view.left, high = view.bottom - view.top;
    root.attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
    clipArea.attr('x', view.left).attr('y', view.top - 1).attr('width', wide).attr('height', high + 2);
    strips.area.attr('x', view.left).attr('y', view.top).attr('width', wide).attr('height', high);
    strips.x.attr('x', view.left).attr('y', view.bottom).attr('width', wide).attr('height', height - view.bottom);
    strips.y.attr('x', 0).attr('y', view.top).attr('width', view.left).attr('height', high);
    if (options.picture) {
      const { style } = options.picture;
      [style.left, style.top, style.width, style.height] = [view.left, view.top, wide, high].map(size => `${size}px`);
    }
  }

  // A slider moves one curve of many: those that stay are not drawn again.
  function drawCurves(isMoved) {
    const isSame = !isMoved && drawn[0] === columns[0];
    if (isSame && drawn.length === columns.length && columns.every((column, i) => drawn[i] === column))
      return;
    const xs = Array.from(columns[0] ?? [], x => view.x(Number(x)));
    const path = line()
      .defined(y => typeof y === 'number' && Number.isFinite(y))
      .x((_, i) => xs[i])
      .y(y => Math.max(-outside, Math.min(outside, view.y(/** @type {any} */ (y)))))
      .digits(2);
    paths.forEach((node, i) => {
      if (!isSame || drawn[i + 1] !== columns[i + 1])
        node.setAttribute('d', path(/** @type {any} */ (columns[i + 1] ?? [])) ?? '');
    });
    drawn = columns;
    const looks = series.map(each => each.dash?.join() ?? '');
    const stretches = coverings(xs, columns.slice(1), view.y, looks).flatMap((all, place) =>
      all.map(each => ({ ...each, place, look: series[place] })));
    covered.selectAll('path').data(stretches).join('path')
      .attr('class', each => lit === null || lit === each.place ? 'covered' : 'covered dim')
      .attr('stroke', each => each.look.colour)
      .attr('stroke-dasharray', each => each.look.dash?.length ? each.look.dash.join(' ') : null)
      .attr('stroke-width', each => (each.look.width ?? usual) + wider * each.count)
      .attr('d', each => path.x((_, i) => xs[each.from + i])(
        /** @type {any} */ (Array.prototype.slice.call(columns[each.place + 1], each.from, each.to + 1))));
  }

  // A filled dot is where the value is, an open one where it is not; a diamond is a kink.
  function drawMarks() {
    const all = options.marks?.() ?? [], [low, high] = view.x.domain();
    const dot = symbol().size(50), kink = symbol().size(58);
    const isIn = mark => mark.x >= low && mark.x <= high && Number.isFinite(mark.y)
      && view.y(mark.y) >= view.top - 1 && view.y(mark.y) <= view.bottom + 1;
    marks.selectAll('path').data(all.filter(isIn)).join('path')
      .attr('class', mark => mark.open || mark.kink ? 'mark open' : 'mark')
      .attr('d', mark => mark.kink ? kink.type(symbolDiamond)() : dot.type(symbolCircle)())
      .attr('transform', mark => `translate(${view.x(mark.x).toFixed(2)},${view.y(mark.y).toFixed(2)})`)
      .attr('stroke', mark => series[mark.series].colour)
      .attr('fill', mark => series[mark.series].colour);
  }

  function valueAt(pixel) {
    const [low, high] = view.x.domain();
    return readable(view.x.invert(pixel), (high - low) / (view.right - view.left));
  }

  function light(place) {
    if (lit === place)
      return;
    lit = place;
    paths.forEach((path, i) => path.classList.toggle('dim', place !== null && i !== place));
    covered.selectAll('path').classed('dim', each => place !== null && /** @type {any} */ (each).place !== place);
  }

  if (options.onRange)
    gestures(
      /** @type {SVGSVGElement} */ (root.node()),
      { area: /** @type {Element} */ (strips.area.node()), x: /** @type {Element} */ (strips.x.node()),
        y: /** @type {Element} */ (strips.y.node()) },
      view,
      {
        across: (from, to) => { reader.quiet(); options.onRange?.(from, to); },
        up: options.onHeights,
        read: pixel => reader.tell(read(pixel)),
        select: (from, to) => chosen.attr('x', Math.min(from, to)).attr('width', Math.abs(to - from))
          .attr('y', view.top).attr('height', view.bottom - view.top),
      });
  frame.classList.toggle('movable', Boolean(options.onRange));
  frame.classList.toggle('stretchable', Boolean(options.onHeights));

  function read(pixel) {
    const x = valueAt(pixel);
    options.onRead?.(x);
    return x;
  }

  strips.area.on('pointermove', event => {
    if (event.pointerType === 'touch' || !options.onRead)
      return;
    const box = /** @type {Element} */ (root.node()).getBoundingClientRect(), x = read(event.clientX - box.left);
    reader.quiet();
    reader.point(x);
    if (!options.onLight || event.buttons !== 0)
      return;
    const place = reader.nearest(x, event.clientY - box.top);
    if (place !== lit)
      options.onLight(place);
    light(place);
  });
  strips.area.on('pointerleave', event => {
    if (event.pointerType === 'touch')
      return;
    reader.point(null);
    if (lit !== null)
      options.onLight?.(null);
    light(null);
  });
  strips.area.on('dblclick', () => options.onReset?.());
  strips.y.on('dblclick', () => options.onHeights?.(null));

  frame.addEventListener('keydown', event => {
    const [low, high] = view.x.domain(), reach = high - low;
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key], rise = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (way && event.shiftKey)
      options.onRange?.(low + way * reach / 10, high + way * reach / 10);
    else if (way && options.onRead)
      pointTo(Math.min(high, Math.max(low, (reader.at() ?? (low + high) / 2) + way * reach / 100)));
    else if (rise && options.onHeights)
      stretch(rise, event.shiftKey);
    else if ((event.key === '+' || event.key === '=') && options.onRange)
      options.onRange(low + reach / 4, high - reach / 4);
    else if (event.key === '-' && options.onRange)
      options.onRange(low - reach / 2, high + reach / 2);
    else if (event.key === '0' && options.onReset)
      options.onReset();
    else
      return;
    event.preventDefault();
  });

  // The axis of y by keys: up and down move it by a tenth, with Shift it shows less or more.
  function stretch(way, isZoom) {
    const [bottom, top] = view.y.range(), step = way * (bottom - top) / 10;
    const [low, high] = isZoom ? [bottom + step, top - step] : [bottom + step, top + step];
    options.onHeights?.(view.y.invert(low), view.y.invert(high));
  }

  function pointTo(x) {
    reader.point(x);
    options.onRead?.(x);
  }

  const observer = new ResizeObserver(() => {
    width = Math.floor(frame.clientWidth);
    draw();
  });
  observer.observe(frame);

  return {
    frame,
    svg: /** @type {SVGSVGElement} */ (root.node()),
    view,
    options,
    draw,
    light,
    /** Points at x, and says what the values are there. */
    tell(x) {
      options.onRead?.(x);
      reader.tell(x);
    },
    /** Shows columns (x, then a column for each series) over a stretch of x. */
    show(data, from, to) {
      columns = data;
      span = [from, to];
      draw();
    },
    destroy() {
      observer.disconnect();
      reader.destroy();
      frame.remove();
    },
  };
}
