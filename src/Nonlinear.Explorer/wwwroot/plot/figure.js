// Figures and data as files. A figure is the charts as they are on the screen, with a title and a key above them.
import { contextOf, style, svg } from '../dom.js';
import { swatch } from '../palette.js';

const margin = 18, keyHeight = 22, gap = 20, swatchWidth = 28;
const title = { size: 17, weight: 600, line: 24 }, caption = { size: 14, weight: 600, line: 18 };
const words = { size: 13, weight: 400 };
const fonts = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', "
  + "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";

// What the style sheet says of a shape goes into the file.
const looks = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin', 'opacity',
  'font-size', 'font-weight', 'font-family', 'text-anchor', 'dominant-baseline',
];

/**
 * @param {string} heading what is shown, with its parameters
 * @param {import('@page').Plot[]} plots
 * @returns {string} an SVG document
 */
export function figureOf(heading, plots) {
  const rows = rowsOnScreen(plots);
  const width = 2 * margin + Math.max(...rows.map(row => row.reduce((sum, { wide }) => sum + wide + gap, -gap)));
  const parts = [];
  let y = margin + title.size;
  for (const line of wrapped(heading, title, width - 2 * margin)) {
    parts.push(text(line, margin, y, title, '--ink'));
    y += title.line;
  }
  y -= title.line - 10;
  let keyed = '';
  for (const row of rows) {
    const captions = row.map(({ name, wide }) => wrapped(name, caption, wide));
    const captionHeight = 6 + caption.line * Math.max(...captions.map(lines => lines.length));
    let x = margin, bottom = y;
    for (const [i, { chart, key, wide, high }] of row.entries()) {
      // Charts with the same curves share the key of the first: above it, or below one that stands beside others.
      const labels = key.map(entry => entry.label).join('|'), isNew = key.length > 0 && labels !== keyed;
      keyed = labels;
      let top = y;
      if (isNew && row.length === 1)
        top += putKey(key, x, top + 16, wide);
      parts.push(...captions[i].map((line, n) => text(line, x, top + (n + 1) * caption.line, caption, '--ink')));
      const drawing = pictured(chart);
      for (const [attribute, value] of Object.entries({ x, y: top + captionHeight, width: wide, height: high }))
        drawing.setAttribute(attribute, String(value));
      parts.push(drawing);
      top += captionHeight + high + 16;
      if (isNew && row.length > 1)
        top += putKey(key, x, top, wide);
      bottom = Math.max(bottom, top);
      x += wide + gap;
    }
    y = bottom;
  }
  const root = svg('svg', { width, height: y, viewBox: `0 0 ${width} ${y}`, 'font-family': fonts },
    svg('title', {}, document.createTextNode(heading)),
    svg('rect', { width, height: y, fill: style('--paper') }),
    ...parts);
  return new XMLSerializer().serializeToString(root);

  // The height that it takes.
  function putKey(key, x, y, wide) {
    const placed = rowsOf(key, wide);
    for (const { entry, left, line } of placed)
      parts.push(...keyEntry(entry, x + left, y + line * keyHeight));
    return (Math.max(...placed.map(({ line }) => line)) + 1) * keyHeight + 6;
  }
}

/**
 * As they stand on the screen: in one row what lies beside the first of it, by half of its height at least.
 * @param {import('@page').Plot[]} plots
 */
function rowsOnScreen(plots) {
  /** @type {(import('@page').Plot & { wide: number, high: number })[][]} */
  const rows = [];
  let start = NaN, end = NaN;
  for (const plot of plots) {
    const box = plot.chart.frame.getBoundingClientRect();
    const [wide, high] = ['width', 'height'].map(side => Number(plot.chart.svg.getAttribute(side)));
    const middle = box.top + high / 2;
    if (middle > start && middle < end) {
      rows.at(-1)?.push({ ...plot, wide, high });
    } else {
      rows.push([{ ...plot, wide, high }]);
      [start, end] = [box.top, box.top + high];
    }
  }
  return rows;
}

function text(content, x, y, { size, weight }, colour) {
  const look = { 'font-size': size, 'font-weight': weight, fill: style(colour) };
  return svg('text', { x, y, ...look }, document.createTextNode(content));
}

function keyEntry(entry, x, y) {
  const mark = swatch(entry);
  for (const [attribute, value] of Object.entries({ x, y: y - 10, width: swatchWidth, height: 12, fill: 'none' }))
    mark.setAttribute(attribute, String(value));
  return [mark, text(entry.label, x + swatchWidth + 8, y, words, '--ink')];
}

// Entries one after the other, in as many lines as they need.
function rowsOf(key, width) {
  let left = 0, line = 0;
  return key.map(entry => {
    const wide = swatchWidth + 8 + widthOf(entry.label, words);
    if (left > 0 && left + wide > width)
      [left, line] = [0, line + 1];
    const placed = { entry, left, line };
    left += wide + gap;
    return placed;
  });
}

/** @type {CanvasRenderingContext2D | undefined} */
let measure;

function widthOf(content, { size, weight }) {
  measure ??= contextOf(document.createElement('canvas'));
  measure.font = `${weight} ${size}px ${fonts}`;
  return measure.measureText(content).width;
}

// Chinese may break anywhere.
function wrapped(content, type, width) {
  const lines = [''];
  for (const word of content.match(/[^\s⺀-鿿＀-￯]+\s*|\s+|[⺀-鿿＀-￯]/g) ?? []) {
    const line = lines[lines.length - 1] + word;
    if (line !== word && widthOf(line.trimEnd(), type) > width)
      lines.push(word);
    else
      lines[lines.length - 1] = line;
  }
  return lines.map(line => line.trimEnd());
}

// A chart without what comes and goes with the pointer, and without a style sheet.
function pictured({ svg: shown, options, view }) {
  const copy = /** @type {SVGSVGElement} */ (shown.cloneNode(true));
  const originals = [...shown.querySelectorAll('*')], copies = [...copy.querySelectorAll('*')];
  copies.forEach((element, i) => {
    const computed = getComputedStyle(originals[i]);
    if (computed.display === 'none' || element.matches('.passing, .passing *')) {
      element.remove();
      return;
    }
    for (const name of looks) {
      const value = computed.getPropertyValue(name);
      if (value && value !== 'none' || name === 'fill' || name === 'stroke')
        element.setAttribute(name, name === 'font-family' ? fonts : value);
    }
    for (const name of ['class', 'style', 'role', 'tabindex', 'aria-hidden'])
      element.removeAttribute(name);
  });
  copy.removeAttribute('class');
  if (options.picture)
    copy.prepend(svg('image', {
      x: view.left, y: view.top, width: view.right - view.left, height: view.bottom - view.top,
      preserveAspectRatio: 'none', href: options.picture.toDataURL(),
    }));
  return copy;
}

/** Hands a file to the visitor. */
export function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Of a PNG: pixels across at least, for a printed page.
const across = 1800;

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
  const canvas = document.createElement('canvas'), scale = Math.max(2, Math.ceil(across / image.width));
  canvas.width = scale * image.width;
  canvas.height = scale * image.height;
  contextOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toBlob(blob => download(`${name}.png`, 'image/png', blob), 'image/png');
}
