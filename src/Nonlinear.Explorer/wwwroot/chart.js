// A line chart by uPlot: readings, zoom by dragging, keys, jumps and kinks drawn as such.
import uPlot from './vendor/uplot/uPlot.esm.js';
import { h, pretty, style } from './dom.js';
import { gestures } from './gestures.js';
import { decades, logRange, padded } from './scales.js';

// As in uPlot, whose types do not tell of it.
const clipFill = 1;

// uPlot would join the two sides of a jump, whose pixels are the same.
function broken(u, seriesIndex, first, last) {
  const path = new Path2D();
  const xs = u.data[0], ys = u.data[seriesIndex];
  let down = false;
  for (let i = first; i <= last; i++) {
    const y = ys[i];
    if (y === null || y === undefined || !Number.isFinite(y)) {
      down = false;
      continue;
    }
    const px = u.valToPos(xs[i], 'x', true), py = u.valToPos(y, 'y', true);
    if (down)
      path.lineTo(px, py);
    else
      path.moveTo(px, py);
    down = true;
  }
  return { stroke: path, fill: null, clip: null, band: null, gaps: undefined, flags: clipFill };
}

/**
 * A chart in a frame that can have the focus.
 * @param {import('@page').ChartOptions} options
 * @returns {import('@page').Chart}
 */
export function createChart(options) {
  const frame = h('div', { class: 'chart', role: 'group', tabindex: '0', 'aria-label': options.name });
  const grid = { stroke: style('--grid'), width: 1 }, ink = style('--quiet'), font = '12px system-ui, sans-serif';
  /** @type {number | null} */
  let reading = null;
  let told = 0;
  /** @type {import('@page').Mark[]} */
  let marks = [];

  const plot = new uPlot({
    width: 600,
    height: options.height,
    legend: { show: false },
    padding: [10, 14, 0, 0],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 4 },
      sync: options.sync ? { key: options.sync, setSeries: false } : undefined,
      points: { size: 7, width: 1.5, fill: () => style('--paper') },
      bind: { dblclick: () => () => { options.onReset?.(); return null; } },
      focus: { prox: options.lights ? 24 : -1 },
    },
    focus: { alpha: 0.25 },
    scales: {
      x: { time: false },
      y: options.log
        ? { distr: 3, log: 10, range: options.yRange ?? ((u, low, high) => logRange(low, high)) }
        : { range: options.yRange ?? ((u, low, high) => padded(low, high)) },
    },
    axes: [
      {
        stroke: ink,
        grid,
        ticks: { ...grid, size: 4 },
        font,
        size: 34,
        ...(options.wholeX ? { incrs: [1, 2, 5, 10, 20, 50] } : {}),
        label: options.xLabel,
        labelSize: options.xLabel ? 18 : 0,
        labelFont: font,
        values: (u, ticks) => ticks.map(tick => pretty(tick, 6)),
      },
      {
        stroke: ink,
        grid,
        ticks: { ...grid, size: 4 },
        font,
        size: 64,
        ...(options.log ? { splits: u => decades(...reach(u, 'y')), filter: (u, ticks) => ticks } : {}),
        values: (u, ticks) => ticks.map(tick => tick === null ? '' : pretty(tick, 6)),
      },
    ],
    series: [
      {},
      ...options.series.map(series => ({
        label: series.label,
        stroke: series.colour,
        dash: series.dash,
        width: series.width ?? 2,
        paths: broken,
        points: { show: false },
      })),
    ],
    hooks: {
      drawClear: [u => options.shade?.(u, u.ctx)],
      drawAxes: [u => drawZero(u, options.log)],
      draw: [u => { drawMarks(u, marks, options.series); options.over?.(u, u.ctx); }],
      setSeries: [(u, series) => options.onLight?.(series === null ? null : series - 1)],
      setSelect: [u => {
        if (u.select.width < 4)
          return;
        const from = u.posToVal(u.select.left, 'x'), to = u.posToVal(u.select.left + u.select.width, 'x');
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        options.onRange?.(from, to);
      }],
      setCursor: [u => {
        const { left } = u.cursor;
        if (left === null || left === undefined || left < 0)
          return;
        reading = u.posToVal(left, 'x');
        options.onRead?.(reading);
      }],
    },
  }, [[], ...options.series.map(() => [])], frame);

  const bubble = h('div', { class: 'bubble', hidden: true, 'aria-hidden': 'true' });
  plot.over.append(bubble);
  gestures(plot.over, {
    range: () => reach(plot, 'x'),
    set: (from, to) => { bubble.hidden = true; options.onRange?.(from, to); },
    read(x) { point(x); tellAt(x); },
  });

  // The values beside the finger that hides the curves.
  function tellAt(x) {
    told = x;
    const lines = options.tell?.(x) ?? [];
    bubble.hidden = lines.length === 0;
    bubble.replaceChildren(h('strong', {}, `x = ${pretty(x, 4)}`), ...lines.map(([key, words]) => h('span', {}, key, words)));
    const left = plot.valToPos(x, 'x');
    bubble.style.left = left < plot.over.clientWidth / 2 ? `${left + 16}px` : '';
    bubble.style.right = left < plot.over.clientWidth / 2 ? '' : `${plot.over.clientWidth - left + 16}px`;
  }

  plot.over.addEventListener('mousemove', event => { if (event.movementX || event.movementY) bubble.hidden = true; });
  addEventListener('pointerdown', hideBubble);

  function hideBubble(event) {
    if (!plot.over.contains(event.target))
      bubble.hidden = true;
  }

  frame.addEventListener('keydown', event => {
    const [min, max] = reach(plot, 'x'), span = max - min;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.shiftKey)
      options.onRange?.(min + step * span / 10, max + step * span / 10);
    else if (step)
      point(Math.min(max, Math.max(min, (reading ?? (min + max) / 2) + step * span / 100)));
    else if (event.key === '+' || event.key === '=')
      options.onRange?.(min + span / 4, max - span / 4);
    else if (event.key === '-')
      options.onRange?.(min - span / 2, max + span / 2);
    else if (event.key === '0')
      options.onReset?.();
    else
      return;
    event.preventDefault();
  });

  function point(x) {
    reading = x;
    plot.setCursor({ left: plot.valToPos(x, 'x'), top: plot.over.clientHeight / 2 });
  }

  // Where x is, the plot knows when it has been drawn.
  function tell(x) {
    requestAnimationFrame(() => {
      if (!frame.isConnected)
        return;
      point(x);
      tellAt(x);
      // The cursor stands on a pixel, and reads what is there.
      options.onRead?.(x);
    });
  }

  const observer = new ResizeObserver(() => {
    const width = Math.floor(frame.clientWidth);
    if (width > 0 && width !== plot.width)
      plot.setSize({ width, height: options.height });
    if (!bubble.hidden)
      tell(told);
  });
  observer.observe(frame);

  return {
    frame,
    plot,
    point,
    /** Points at x, and says what the values are there. */
    tell,
    /** Shows columns (x, then a column for each series) over a stretch of x. */
    show(columns, from, to) {
      // Those of these columns: it may be drawn again when others have been chosen.
      marks = options.marks?.() ?? [];
      plot.batch(() => {
        plot.setData(/** @type {uPlot.AlignedData} */ (columns), false);
        plot.setScale('x', { min: from, max: to });
      });
    },
    /** From where to where the axis of y goes. */
    height() {
      const [low, high] = reach(plot, 'y');
      return { low, high };
    },
    /** Lights a curve, or none. */
    light(series) {
      plot.setSeries(series === null ? null : series + 1, { focus: true });
    },
    destroy() {
      removeEventListener('pointerdown', hideBubble);
      observer.disconnect();
      plot.destroy();
      frame.remove();
    },
  };
}

/**
 * From where to where an axis goes.
 * @param {uPlot} u
 * @param {'x' | 'y'} axis
 * @returns {[number, number]}
 */
const reach = (u, axis) => [u.scales[axis].min ?? 0, u.scales[axis].max ?? 1];

function drawZero(u, log) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = style('--zero');
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  if (u.scales.x.min < 0 && u.scales.x.max > 0) {
    const x = Math.round(u.valToPos(0, 'x', true));
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  if (!log && u.scales.y.min < 0 && u.scales.y.max > 0) {
    const y = Math.round(u.valToPos(0, 'y', true));
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
  }
  ctx.stroke();
  ctx.restore();
}

// A filled dot is where the value is, an open one where it is not; a diamond is a kink.
function drawMarks(u, marks, series) {
  const { ctx, bbox } = u, unit = devicePixelRatio;
  ctx.save();
  // A dash of the curve before would break the dots.
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.rect(bbox.left - 5 * unit, bbox.top - 5 * unit, bbox.width + 10 * unit, bbox.height + 10 * unit);
  ctx.clip();
  for (const mark of marks) {
    if (mark.x < u.scales.x.min || mark.x > u.scales.x.max || !Number.isFinite(mark.y))
      continue;
    const x = u.valToPos(mark.x, 'x', true), y = u.valToPos(mark.y, 'y', true), size = 4 * unit;
    ctx.beginPath();
    if (mark.kink) {
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + size);
      ctx.lineTo(x - size, y);
      ctx.closePath();
    } else {
      ctx.arc(x, y, size, 0, 2 * Math.PI);
    }
    ctx.lineWidth = 1.8 * unit;
    ctx.strokeStyle = series[mark.series].colour;
    ctx.fillStyle = mark.open || mark.kink ? style('--paper') : series[mark.series].colour;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}
