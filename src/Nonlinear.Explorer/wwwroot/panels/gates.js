// Gated units, functions of two numbers: a surface over gate and value, and what lies on two lines through a point.
import { h, numberIn, pretty, style, typeset } from '../dom.js';
import { t, text } from '../words.js';
import { fullTitleOf, gateCurve, gateGrid, library, read } from '../library.js';
import { facts, functionChoice, plainButton, saveButtons, slider, tableHead, toggle } from '../controls.js';
import { createChart } from '../plot/chart.js';
import { largest, paint } from '../plot/field.js';
import { figureOf, save } from '../plot/figure.js';
import { follow, pointAt } from '../plot/gestures.js';
import { formulasOf } from '../formulas.js';
import { keyEntry, swatch } from '../palette.js';

// Cells of the surface across and up; what is saved as numbers is coarser.
const cells = 81, cellsSaved = 25, points = 300;

/** Output and slopes, in the order in which the library numbers them. */
const quantities = ['y', 'g', 'v'];

/** Below 0 and above, as in the other heat maps. */
const [below, above] = ['--curve-1', '--curve-0'];

// With a value of 1 the output and its slope by the value are the same curve: the dashes show both.
/** @returns {import('@page').Series[]} */
const series = () => [
  { label: t('gate_y'), colour: style('--curve-0') },
  { label: t('gate_g'), colour: style('--curve-1'), dash: [8, 4] },
  { label: t('gate_v'), colour: style('--curve-2'), dash: [2, 3] },
];

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function gates(root, state) {
  const chooser = functionChoice(state, 'unit', entry => entry.shape === 'gated');
  // A gate of one's own: glu(f) of any function f of one number.
  const gateOf = functionChoice(
    {
      get: () => /^glu\((.+)\)$/.exec(state.get('unit'))?.[1] ?? '',
      set: ({ f }) => state.set({ unit: f === '' ? state.default('unit') : library.Spell(`glu(${f})`)[0] }),
    },
    'f', entry => entry.shape === 'elementwise',
    { label: t('gateFunction'), name: 'gate-function', none: t('asNamed') });
  const tellMore = () => state.set({ tab: 'understand', focus: state.get('unit') });
  const gate = coordinate('gate', t('gate')), value = coordinate('value', t('value'));
  const toggles = quantities.map(name =>
    toggle(t(`gate_${name}`), false, () => state.set({ surface: name }), { 'data-surface': name }));
  const picture = h('canvas', { class: 'picture', role: 'img', 'data-name': 'gate-surface', width: 480, height: 480 });
  const surface = createChart({
    name: t('gateSurface'),
    height: width => Math.min(width - 28, 480),
    x: { title: t('gate') },
    y: { title: t('value'), range: () => reach() },
    series: [],
    picture,
    over: cross,
    grips,
  });
  surface.frame.classList.add('square');
  surface.frame.dataset.chart = 'gate-surface';
  const scale = h('p', { class: 'key', 'data-name': 'gate-scale' });
  const slices = { gate: slice('gate'), value: slice('value') };
  const captions = { surface: h('figcaption'), gate: h('figcaption'), value: h('figcaption') };
  const readings = h('dl', { class: 'facts-row' });
  const formulas = h('dl', { class: 'formulas' });
  const layouts = h('section', { class: 'sheet', 'data-name': 'layouts' });
  root.append(
    h('p', { class: 'lead' }, t('gatesLead')),
    h('div', { class: 'sheet controls' }, chooser.element, gateOf.element,
      h('div', { class: 'coordinates' }, gate.element, value.element)),
    h('div', { class: 'toolbar' },
      h('div', { class: 'group', role: 'group', 'aria-label': t('surfaceShows') },
        h('span', { class: 'quiet' }, t('surfaceShows')), toggles),
      saveButtons(kind => save(kind, `nonlinear-${read(state.get('unit')).entry.name}`, figure, csv)),
      plainButton(t('more'), tellMore, { 'data-name': 'about' }),
      readings),
    h('div', { class: 'learning' },
      h('figure', {}, captions.surface, surface.frame, scale, h('p', { class: 'help quiet' }, t('gatesHelp'))),
      h('div', {},
        h('p', { class: 'key' }, series().map(keyEntry)),
        h('figure', {}, captions.gate, slices.gate.frame),
        h('figure', {}, captions.value, slices.value.frame))),
    h('section', { class: 'sheet' }, h('h2', {}, t('formulas')), formulas),
    layouts);
  let told = '', painted = '', most = 0;

  function coordinate(key, label) {
    return slider({
      label, name: key, from: -6, to: 6, step: 0.05, value: 0,
      input: number => Math.abs(number) <= 1e6 && (state.set({ [key]: number }), true),
    });
  }

  /** @returns {[number, number]} */
  function reach() {
    const { entry } = read(state.get('unit'));
    return [entry.from, entry.to];
  }

  const at = () => ({ gate: state.number('gate'), value: state.number('value') });

  const other = { gate: 'value', value: 'gate' };

  /** The three curves over the gate, or over the value, through the point. */
  function slice(along) {
    const chart = createChart({
      name: t(along === 'gate' ? 'overGate' : 'overValue'),
      height: 206,
      x: { title: t(along) },
      y: { title: '' },
      series: series(),
      marks: () => marks(along),
      tell: number => tell(along, number),
      onRead: () => {},
    });
    chart.frame.dataset.chart = `over-${along}`;
    return chart;
  }

  function curves(along) {
    const unit = state.get('unit'), isOverGate = along === 'gate', still = at()[other[along]];
    const grid = gateGrid(unit, isOverGate, ...reach(), points);
    return { grid, columns: quantities.map((_, what) => gateCurve(unit, what, isOverGate, still, grid)) };
  }

  // Where the point is, and where slopes jump.
  function marks(along) {
    const here = valuesAt(at()).map((y, i) => ({ series: i, x: at()[along], y }));
    const jumps = curves(along).columns.flatMap((curve, i) => curve.jumps.flatMap(jump => [
      { series: i, x: jump.x, y: jump.isLeft ? jump.right : jump.left, open: true },
      { series: i, x: jump.x, y: jump.isLeft ? jump.left : jump.right },
    ]));
    return [...jumps, ...here];
  }

  const written = place => library.GateAt(state.get('unit'), place.gate, place.value);

  const valuesAt = place => written(place).map(number => numberIn(number));

  /** @returns {[Node, string][]} */
  function tell(along, number) {
    return valuesAt({ ...at(), [along]: number }).map((y, i) => [swatch(series()[i]), pretty(y, 5)]);
  }

  /**
   * The lines on which the curves lie.
   * @type {import('@page').Draw}
   */
  function cross(layer, view) {
    const x = view.x(at().gate), y = view.y(at().value);
    const lines = [`M${view.left},${y}H${view.right}`, `M${x},${view.top}V${view.bottom}`];
    layer.selectAll('path').data(lines).join('path').attr('class', 'crosshair').attr('d', line => line);
    layer.selectAll('circle').data([0]).join('circle')
      .attr('class', 'crosshair').attr('r', 4).attr('cx', x).attr('cy', y);
  }

  /**
   * A press brings the point there, the knob drags it: a finger elsewhere still scrolls the page.
   * @type {import('@page').Draw}
   */
  function grips(layer, view) {
    const one = (shape, name, type, begin) => layer.selectAll(shape).data([0])
      .join(enter => enter.append(shape).attr('class', name).on(type, begin));
    one('rect', 'press', 'click', place)
      .attr('x', view.left).attr('width', view.right - view.left)
      .attr('y', view.top).attr('height', view.bottom - view.top);
    one('circle', 'knob', 'pointerdown', drag)
      .attr('fill', style('--ink')).attr('cx', view.x(at().gate)).attr('cy', view.y(at().value));
  }

  function drag(event) {
    event.preventDefault();
    follow(event.target, event, place);
  }

  function place(event) {
    const { x, y } = pointAt(surface, event), [low, high] = reach();
    const within = number => Number(Math.min(high, Math.max(low, number)).toFixed(2));
    state.set({ gate: within(x), value: within(y) });
  }

  function showSurface() {
    const what = quantities.indexOf(state.get('surface')), key = [state.get('unit'), what, ...reach()].join('|');
    surface.show([], ...reach());
    if (painted === key)
      return;
    painted = key;
    const numbers = library.GateSurface(state.get('unit'), what, ...reach(), cells);
    most = largest(numbers);
    paint(picture, numbers.map(number => number / (most || 1)), below, above, 0.5);
    const words = t('gateScale', pretty(most, 3));
    scale.replaceChildren(h('span', { class: 'scale', 'aria-hidden': 'true' }), words);
    captions.surface.textContent = `${t('gateSurface')}: ${t(`gate_${state.get('surface')}`)}`;
    picture.setAttribute('aria-label', `${captions.surface.textContent}. ${words}`);
  }

  function showSlices() {
    for (const along of /** @type {('gate' | 'value')[]} */ (['gate', 'value'])) {
      const { grid, columns } = curves(along);
      slices[along].show([grid.xs, ...columns.map(curve => curve.values)], ...reach());
      captions[along].textContent = sliceTitle(along);
    }
  }

  const sliceTitle = along => t(along === 'gate' ? 'overGateAt' : 'overValueAt', pretty(at()[other[along]], 4));

  function showFacts() {
    const numbers = written(at());
    readings.replaceChildren(
      ...facts(quantities.map((name, i) => [t(`gate_${name}`), typeset(numbers[i]), `gate-${name}`])));
  }

  // What the catalogue and the tables of names say of the function, whatever its parameters are.
  function tellFunction(name) {
    formulas.replaceChildren(...formulasOf(name));
    /** @type {import('@page').GateLayoutTable} */
    const table = JSON.parse(library.GateLayouts(name));
    layouts.replaceChildren(
      h('h2', {}, text(table.question)),
      h('p', { class: 'quiet' }, text(table.warning)),
      h('div', { class: 'measured', tabindex: '0', role: 'region', 'aria-label': text(table.question) },
        h('table', {},
          tableHead([text(table.layoutHead), text(table.callsHead)]),
          h('tbody', {}, table.layouts.map(({ layout, name: spelled, calls }) => h('tr', {},
            h('th', { scope: 'row' }, text(layout), ' ', h('code', {}, spelled)),
            h('td', {}, calls.length === 0 ? t('nobody') : calls.flatMap(called))))))));
  }

  const called = ([framework, code], i) => [`${i > 0 ? ', ' : ''}${framework} `, h('code', {}, code)];

  function figure() {
    const heading = t('gatesOf', fullTitleOf(state.get('unit')), pretty(at().gate, 4), pretty(at().value, 4));
    return figureOf(heading, [
      { chart: surface, name: `${captions.surface.textContent} (${t('gateScale', pretty(most, 3))})`, key: [] },
      { chart: slices.gate, name: sliceTitle('gate'), key: series() },
      { chart: slices.value, name: sliceTitle('value'), key: series() },
    ]);
  }

  function csv() {
    const [from, to] = reach(), last = cellsSaved - 1, along = place => from + (to - from) * place / last;
    const columns = quantities.map((_, what) => library.GateSurface(state.get('unit'), what, from, to, cellsSaved));
    const rows = columns[0].map((_, i) => {
      const [gate, value] = [along(i % cellsSaved), along(last - Math.floor(i / cellsSaved))];
      return [gate, value, ...columns.map(column => column[i])].join(',');
    });
    return `gate,value,y,dy_dgate,dy_dvalue\n${rows.join('\n')}\n`;
  }

  return () => {
    chooser.show();
    gateOf.show();
    gate.show(at().gate);
    value.show(at().value);
    toggles.forEach((button, i) => button.setAttribute('aria-pressed', String(quantities[i] === state.get('surface'))));
    const { entry } = read(state.get('unit'));
    if (told !== entry.name) {
      told = entry.name;
      tellFunction(entry.name);
    }
    showFacts();
    showSurface();
    showSlices();
  };
}
