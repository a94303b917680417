// A stack of random layers: what becomes of signals and gradients, as histograms that move while you drag.
import { area, curveStepAfter, interpolateRgb } from '../vendor/d3/d3.js';
import { h, pretty, style, superscript } from '../dom.js';
import { t } from '../words.js';
import { fullTitleOf, library } from '../library.js';
import { button, choice, facts, functionChoice, saveButtons, slider } from '../controls.js';
import { createChart } from '../plot/chart.js';
import { figureOf, save } from '../plot/figure.js';
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
  const again = button(t('anotherDraw'), () => state.set({ seed: state.number('seed') + 1 }), { 'data-name': 'seed' });
  const verdict = h('p', { class: 'verdict-line', 'data-name': 'verdict', role: 'status' });
  const numbersTold = h('dl', { class: 'facts-row' });
  const signals = ridges(t('activations'), { title: t('activation') }, -reach, reach, '--curve-0');
  const powers = { title: t('gradientSize'), write: power => `10${superscript(power)}` };
  const gradients = ridges(t('gradients'), powers, leastPower, mostPower, '--curve-1');
  const place = h('figure', {});
  root.append(
    h('p', { class: 'lead' }, t('depthLead')),
    h('div', { class: 'sheet controls' },
      chooser.element, layers.element, init.element, gain.element, width.element, again),
    h('div', { class: 'sheet judged' }, verdict, numbersTold),
    h('div', { class: 'trio' }, signals.figure, gradients.figure, place),
    h('div', { class: 'toolbar' }, saveButtons(kind => save(kind, 'nonlinear-depth', figure, csv))));

  /** @returns {import('@page').Series[]} */
  const series = () => [
    { label: t('deviation'), colour: style('--curve-0') },
    { label: t('gradientSize'), colour: style('--curve-1'), dash: [8, 4] },
  ];
  const sizes = createChart({
    name: t('sizes'),
    height: 306,
    x: { title: t('layer'), whole: true },
    y: { title: t('size'), log: true },
    series: series(),
  });
  sizes.frame.dataset.chart = 'sizes';
  place.append(h('figcaption', {}, t('sizes')), sizes.frame, h('p', { class: 'key' }, series().map(keyEntry)));
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
    const [stack, layers, width, init, gain] = ['stack', 'layers', 'width', 'init', 'gain'].map(state.get);
    const heading = t('depthOf', fullTitleOf(stack), layers, width, t(init), gain);
    return figureOf(heading, [
      { chart: signals.chart, name: t('activations'), key: [] },
      { chart: gradients.chart, name: t('gradients'), key: [] },
      { chart: sizes, name: t('sizes'), key: series() },
    ]);
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
    numbersTold.replaceChildren(...facts([
      [t('gradientLeft'), share(first.gradient / last.gradient)],
      [t('signalLeft'), `${share(last.mean)} ± ${share(last.deviation)}`],
      [t('saturatedShare'), `${share(100 * average('saturated'))} %`],
      [t('deadShare', batch), `${share(100 * average('dead'))} %`],
    ]));
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

/**
 * A histogram for each layer, the first on top, each a hill before the one above.
 * @param {string} title
 * @param {import('@page').Axis} across
 * @param {number} from
 * @param {number} to
 * @param {string} colour
 */
function ridges(title, across, from, to, colour) {
  /** @type {number[][]} */
  let layers = [];
  const chart = createChart({
    name: title,
    height: 340,
    x: across,
    // The first layer stands on 1, below its hill.
    y: {
      title: t('layer'),
      whole: true,
      write: number => number === 0 ? '' : String(number),
      range: () => [layers.length, 0],
    },
    series: [],
    over: hills,
  });

  /** @type {import('@page').Draw} */
  function hills(layer, view) {
    const own = style(colour), inside = interpolateRgb(style('--paper'), own)(0.28);
    const row = view.y(1) - view.y(0), most = Math.max(row * 1.8, 16);
    layer.selectAll('path').data(layers).join('path')
      .attr('class', 'hill').attr('fill', inside).attr('stroke', own)
      .attr('d', (bars, i) => {
        const base = view.y(i + 1);
        // Each to its own height. A spike, such as ReLU's zeros, is cut off where it would flatten all the rest.
        const [tallest, next] = [...bars].sort((a, b) => b - a), full = Math.min(tallest, 3 * next || tallest) || 1;
        const step = (to - from) / bars.length;
        return area()
          .x((_, bar) => view.x(from + bar * step))
          .y1(bar => base - Math.min(Number(bar) / full, 1) * Math.min(most, base - view.top))
          .y0(base).curve(curveStepAfter).digits(2)(/** @type {any} */ ([...bars, bars.at(-1) ?? 0]));
      });
  }

  return {
    chart,
    figure: h('figure', {}, h('figcaption', {}, title), chart.frame),
    draw(data) {
      layers = data;
      chart.show([], from, to);
    },
  };
}
