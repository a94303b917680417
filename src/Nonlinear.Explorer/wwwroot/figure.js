// Figures and data as files. A figure is written as SVG from the curves themselves; a PNG is that SVG, painted.
import { contextOf, pretty, style } from './dom.js';
import { ticks } from './scales.js';

const width = 960, left = 74, right = 20, panelTop = 34, panelBottom = 40, lineHeight = 22;
const fonts = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', "
  + "'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif";

/**
 * @param {string} title
 * @param {import('@page').Plot[]} plots
 * @returns {string} an SVG document
 */
export function figureOf(title, plots, height = 300) {
  const legend = plots[0].series.map(series => series.label);
  const rows = Math.ceil(legend.length / 4);
  const top = 44 + rows * lineHeight;
  const total = top + plots.length * height;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}"`
      + ` font-family="${fonts}" font-size="13">`,
    `<rect width="${width}" height="${total}" fill="${style('--paper')}"/>`,
    `<text x="${left}" y="26" font-size="17" font-weight="600" fill="${style('--ink')}">${escaped(title)}</text>`,
    ...plots[0].series.map((series, i) => {
      const x = left + (i % 4) * 215, y = 48 + Math.floor(i / 4) * lineHeight;
      return `<path d="M${x} ${y - 4}h28" ${strokeOf(series)}/>`
        + `<text x="${x + 36}" y="${y}" fill="${style('--ink')}">${escaped(series.label)}</text>`;
    }),
    ...plots.map((plot, i) => panel(plot, top + i * height, height, i)),
    '</svg>',
  ];
  return parts.join('\n');
}

function panel(plot, top, height, number) {
  const bottom = top + height - panelBottom, upper = top + panelTop;
  const rise = plot.log ? Math.log10 : value => value;
  const [low, high] = [rise(plot.low), rise(plot.high)];
  const x = value => left + (value - plot.from) / (plot.to - plot.from) * (width - left - right);
  const y = value => bottom - (rise(value) - low) / (high - low) * (bottom - upper);
  const across = ticks(plot.from, plot.to, 9), up = ticks(low, high, 6).filter(tick => !plot.log || Number.isInteger(tick));
  const grid = style('--grid'), quiet = style('--quiet');
  const height10 = tick => plot.log ? bottom - (tick - low) / (high - low) * (bottom - upper) : y(tick);
  const rule = (path, isZero) => `<path d="${path}" stroke="${isZero ? style('--zero') : grid}"/>`;
  const text = (x, y, anchor, words) => `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${quiet}">${words}</text>`;
  return [
    `<text x="${left}" y="${top + 24}" font-weight="600" fill="${quiet}">${escaped(plot.title)}</text>`,
    `<clipPath id="clip${number}"><rect x="${left}" y="${upper}" width="${width - left - right}" height="${bottom - upper}"/></clipPath>`,
    ...across.map(tick => rule(`M${f(x(tick))} ${upper}V${bottom}`, tick === 0)
      + text(f(x(tick)), bottom + 18, 'middle', pretty(tick, 6))),
    ...up.map(tick => rule(`M${left} ${f(height10(tick))}H${width - right}`, tick === 0 && !plot.log)
      + text(left - 8, f(height10(tick) + 4), 'end', plot.log ? pretty(10 ** tick, 3) : pretty(tick, 6))),
    `<g clip-path="url(#clip${number})" fill="none" stroke-linejoin="round">`,
    ...plot.series.map(series => `<path d="${pathOf(plot.xs, series.ys, x, y)}" ${strokeOf(series)}/>`),
    '</g>',
    ...plot.marks.map(mark => {
      const series = plot.series[mark.series], fill = mark.open || mark.kink ? style('--paper') : series.colour;
      const [px, py] = [x(mark.x), y(mark.y)];
      return mark.kink
        ? `<path d="M${f(px)} ${f(py - 4)}l4 4l-4 4l-4 -4z" fill="${fill}" stroke="${series.colour}" stroke-width="1.8"/>`
        : `<circle cx="${f(px)}" cy="${f(py)}" r="4" fill="${fill}" stroke="${series.colour}" stroke-width="1.8"/>`;
    }),
  ].join('\n');
}

function pathOf(xs, ys, x, y) {
  let path = '', down = false;
  for (let i = 0; i < xs.length; i++) {
    if (ys[i] === null || !Number.isFinite(ys[i])) {
      down = false;
      continue;
    }
    path += `${down ? 'L' : 'M'}${f(x(xs[i]))} ${f(y(ys[i]))}`;
    down = true;
  }
  return path;
}

const f = value => Number(value.toFixed(2));
const escaped = words => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
/** @param {{ colour: string, dash?: number[] }} stroke */
const strokeOf = ({ colour, dash }) =>
  `stroke="${colour}" stroke-width="2"${dash?.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''} fill="none"`;

/** Hands a file to the visitor. */
export function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Saves a figure or its data. */
export async function save(kind, name, figure, csv) {
  if (kind === 'CSV')
    return download(`${name}.csv`, 'text/csv', csv());
  const drawing = figure();
  if (kind === 'SVG')
    return download(`${name}.svg`, 'image/svg+xml', drawing);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  contextOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toBlob(blob => download(`${name}.png`, 'image/png', blob), 'image/png');
}
