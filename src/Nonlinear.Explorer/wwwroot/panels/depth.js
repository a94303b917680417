// A stack of random layers: what becomes of signals and gradients, as histograms that move while you drag.
import { contextOf, h, pretty, style } from '../dom.js';
import { t } from '../words.js';
import { library } from '../library.js';
import { choice, functionChoice, saveButtons, slider } from '../controls.js';
import { createChart } from '../chart.js';
import { figureOf, save } from '../figure.js';
import { ticks } from '../scales.js';
import { keyEntry } from '../palette.js';

const gains = { lecun: 1, he: Math.SQRT2, xavier: 1 };

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function depth(root, state) {
  const [figures, bars, reach, leastPower, mostPower, batch] = library.DepthLayout();
  const chooser = functionChoice(state, 'stack', entry => entry.shape === 'elementwise');
  const layers = slider({
    label: t('layers'),
    name: 'layers',
    from: 2,
    to: 50,
    step: 1,
    value: 12,
    input: value => bounded('layers', value, 1, 100),
  });
  const gain = slider({
    label: t('gain'),
    name: 'gain',
    from: 0.2,
    to: 4,
    step: 0.01,
    value: 1,
    input: value => bounded('gain', value, 0.001, 100),
  });
  const width = choice({
    label: t('width'),
    name: 'width',
    options: [16, 32, 64, 128, 256].map(size => [String(size), String(size)]),
    input: value => state.set({ width: value }),
  });
  const init = choice({
    label: t('initialisation'),
    name: 'init',
    options: Object.keys(gains).map(name => [name, t(name)]),
    input: value => state.set({ init: value }),
  });
  const again = h('button', { type: 'button', 'data-name': 'seed', click: () => state.set({ seed: state.number('seed') + 1 }) },
    t('anotherDraw'));
  const verdict = h('p', { class: 'verdict-line', 'data-name': 'verdict', role: 'status' });
  const facts = h('dl', { class: 'facts-row' });
  const signals = ridges(t('activations'), -reach, reach, '--curve-0', value => pretty(value, 2));
  const gradients = ridges(t('gradients'), leastPower, mostPower, '--curve-1', value => pretty(10 ** value, 1));
  const place = h('figure', {});
  const key = h('p', { class: 'key' });
  root.append(
    h('p', { class: 'lead' }, t('depthLead')),
    h('div', { class: 'sheet controls' }, chooser.element, layers.element, init.element, gain.element, width.element, again),
    h('div', { class: 'sheet' }, verdict, facts),
    h('div', { class: 'pair' }, signals.figure, gradients.figure),
    place, key,
    h('div', { class: 'toolbar' }, saveButtons(kind => save(kind, 'nonlinear-depth', figure, csv))));

  /** @returns {import('@page').Series[]} */
  const series = () => [
    { label: t('deviation'), colour: style('--curve-0') },
    { label: t('gradientSize'), colour: style('--curve-1'), dash: [8, 4] },
  ];
  const sizes = createChart({ name: t('sizes'), height: 250, log: true, xLabel: t('layer'), wholeX: true, series: series() });
  sizes.frame.dataset.chart = 'sizes';
  place.append(h('figcaption', {}, t('sizes')), sizes.frame);
  key.append(...series().map(keyEntry));
  let result = [], numbers = [];

  function bounded(name, value, low, high) {
    if (!(value >= low && value <= high))
      return false;
    state.set({ [name]: name === 'layers' ? Math.round(value) : value });
    return true;
  }

  function compute() {
    const count = state.number('layers'), each = figures + 2 * bars;
    numbers = library.Depth(
      state.get('stack'),
      count,
      state.number('width'),
      state.get('init') === 'xavier',
      gains[state.get('init')] * state.number('gain'),
      state.number('seed'));
    result = Array.from({ length: count }, (_, layer) => {
      const part = numbers.slice(layer * each, (layer + 1) * each);
      return {
        mean: part[0],
        deviation: part[1],
        dead: part[2],
        saturated: part[3],
        gradient: part[4],
        zeros: part[5],
        signalBars: part.slice(figures, figures + bars),
        gradientBars: part.slice(figures + bars),
      };
    });
  }

  function judge() {
    const [word, number] = library.DepthVerdict(numbers).split(' ');
    return { word: `v_${word}`, number: Number(number) };
  }

  function average(what) {
    return result.reduce((sum, layer) => sum + layer[what], 0) / result.length;
  }

  function figure() {
    const xs = result.map((_, i) => i + 1);
    return figureOf(t('depth'), [{
      title: t('sizes'), from: 1, to: result.length, ...sizes.height(), log: true, xs, marks: [],
      series: series().map((each, i) => ({ ...each, ys: sizes.plot.data[i + 1] })),
    }], 360);
  }

  const csv = () => {
    const rows = result.map((layer, i) =>
      [i + 1, layer.mean, layer.deviation, layer.dead, layer.saturated, layer.gradient].join(','));
    return `layer,mean,deviation,dead,saturated,gradient\n${rows.join('\n')}\n`;
  };

  return () => {
    chooser.show();
    layers.show(state.number('layers'));
    gain.show(state.number('gain'));
    width.show(state.get('width'));
    init.show(state.get('init'));
    compute();
    const { word, number } = judge(), first = result[0], last = result.at(-1);
    verdict.textContent = t(word, pretty(number, 3));
    verdict.dataset.verdict = word;
    // Behind an overflow nothing is counted.
    const share = value => word === 'v_overflow' || !Number.isFinite(value) ? '–' : pretty(value, 3);
    facts.replaceChildren(...[
      [t('gradientLeft'), share(first.gradient / last.gradient)],
      [t('signalLeft'), `${share(last.mean)} ± ${share(last.deviation)}`],
      [t('saturatedShare'), `${share(100 * average('saturated'))} %`],
      [t('deadShare', batch), `${share(100 * average('dead'))} %`],
    ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
    signals.draw(result.map(layer => layer.signalBars));
    gradients.draw(result.map(layer => layer.gradientBars));
    const positive = value => value > 1e-45 && Number.isFinite(value) ? value : null;
    sizes.show(
      [
        result.map((_, i) => i + 1),
        result.map(layer => positive(layer.deviation)),
        result.map(layer => positive(layer.gradient)),
      ],
      1,
      Math.max(2, result.length));
  };
}

// A histogram for each layer, the first on top, each a hill before the one above.
function ridges(title, from, to, colour, write) {
  const canvas = h('canvas', { role: 'img', 'aria-label': title });
  const figure = h('figure', {}, h('figcaption', {}, title), canvas);
  const height = 340, left = 44, right = 26, top = 26, bottom = 26;
  return {
    figure,
    draw(layers) {
      const width = Math.max(200, figure.clientWidth - 18), ratio = devicePixelRatio;
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== height * ratio) {
        canvas.width = Math.round(width * ratio);
        canvas.height = height * ratio;
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      const context = contextOf(canvas);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      context.font = '12px system-ui, sans-serif';
      const x = value => left + (value - from) / (to - from) * (width - left - right);
      context.textAlign = 'center';
      for (const tick of ticks(from, to, 6)) {
        context.strokeStyle = style(tick === 0 ? '--zero' : '--grid');
        context.beginPath();
        context.moveTo(x(tick), top);
        context.lineTo(x(tick), height - bottom);
        context.stroke();
        context.fillStyle = style('--quiet');
        context.fillText(write(tick), x(tick), height - 8);
      }
      const row = (height - top - bottom) / layers.length, paper = style('--paper'), own = style(colour);
      const hill = Math.max(row * 1.8, 16);
      const step = (width - left - right) / layers[0].length;
      const every = Math.ceil(16 / row);
      layers.forEach((bars, layer) => {
        const base = top + (layer + 1) * row, outline = new Path2D();
        // Each layer to its own height. A spike, such as ReLU's zeros, is cut off where it would flatten all the rest.
        const [tallest, next] = [...bars].sort((a, b) => b - a), full = Math.min(tallest, 3 * next || tallest) || 1;
        const rise = bar => base - Math.min(bar / full, 1) * Math.min(hill, base - 4);
        outline.moveTo(left, base);
        bars.forEach((bar, i) => {
          outline.lineTo(left + i * step, rise(bar));
          outline.lineTo(left + (i + 1) * step, rise(bar));
        });
        outline.lineTo(width - right, base);
        context.fillStyle = paper;
        context.globalAlpha = 0.82;
        context.fill(outline);
        context.fillStyle = own;
        context.globalAlpha = 0.28;
        context.fill(outline);
        context.globalAlpha = 1;
        context.strokeStyle = own;
        context.lineWidth = 1.2;
        context.stroke(outline);
        if (layer % every === 0 || layer === layers.length - 1 && layer % every > every / 2) {
          context.fillStyle = style('--quiet');
          context.textAlign = 'right';
          context.fillText(String(layer + 1), left - 8, base + 1);
        }
      });
    },
  };
}
