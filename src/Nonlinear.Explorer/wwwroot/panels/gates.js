// Gated units, functions of two numbers: a surface over gate and value, and what lies on two lines through a point of it.
import { h, pretty, style } from '../dom.js';
import { t, text } from '../words.js';
import { fullTitleOf, gateCurve, gateGrid, library, read } from '../library.js';
import { functionChoice, saveButtons, slider, toggle } from '../controls.js';
import { createChart } from '../plot/chart.js';
import { largest, paint } from '../plot/field.js';
import { figureOf, save } from '../plot/figure.js';
import { follow } from '../plot/gestures.js';
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
  const facts = h('dl', { class: 'facts-row' });
  const formulas = h('dl', { class: 'formulas' });
  const layouts = h('section', { class: 'sheet', 'data-name': 'layouts' });
  root.append(
    h('p', { class: 'lead' }, t('gatesLead')),
    h('div', { class: 'sheet controls' },
      h('div', { class: 'group' }, chooser.element,
        h('button', { type: 'button', class: 'plain', 'data-name': 'about', click: tellMore }, t('more'))),
      gate.element, value.element),
    h('div', { class: 'toolbar' },
      h('div', { class: 'group', role: 'group', 'aria-label': t('surfaceShows') },
        h('span', { class: 'quiet' }, t('surfaceShows')), toggles),
      saveButtons(kind => save(kind, `nonlinear-${read(state.get('unit')).entry.name}`, figure, csv)),
      facts),
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
    const grid = gateGrid(state.get('unit'), along === 'gate', ...reach(), points);
    return { grid, columns: quantities.map((_, what) => gateCurve(state.get('unit'), what, along === 'gate', at()[other[along]], grid)) };
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

  const valuesAt = place => written(place).map(number => Number(number.replace('inf', 'Infinity')));

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
    layer.selectAll('line').data([[view.left, y, view.right, y], [x, view.top, x, view.bottom]]).join('line').attr('class', 'crosshair')
      .attr('x1', ends => ends[0]).attr('y1', ends => ends[1]).attr('x2', ends => ends[2]).attr('y2', ends => ends[3]);
    layer.selectAll('circle').data([0]).join('circle').attr('class', 'crosshair').attr('r', 4).attr('cx', x).attr('cy', y);
  }

  /**
   * A press brings the point there, the knob drags it: a finger elsewhere still scrolls the page.
   * @type {import('@page').Draw}
   */
  function grips(layer, view) {
    layer.selectAll('rect').data([0]).join(enter => enter.append('rect').attr('class', 'press').on('click', place))
      .attr('x', view.left).attr('y', view.top).attr('width', view.right - view.left).attr('height', view.bottom - view.top);
    const [x, y] = [view.x(at().gate), view.y(at().value)];
    layer.selectAll('circle').data([0]).join(enter => enter.append('circle').attr('class', 'knob').attr('data-knob', 'gate')
      .on('pointerdown', event => { event.preventDefault(); follow(event.target, event, place); }))
      .attr('fill', style('--ink')).attr('cx', x).attr('cy', y);
  }

  function place(event) {
    const box = surface.svg.getBoundingClientRect(), [low, high] = reach();
    const within = number => Number(Math.min(high, Math.max(low, number)).toFixed(2));
    state.set({
      gate: within(surface.view.x.invert(event.clientX - box.left)),
      value: within(surface.view.y.invert(event.clientY - box.top)),
    });
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
    facts.replaceChildren(...written(at()).map((number, i) => h('div', {},
      h('dt', {}, t(`gate_${quantities[i]}`)), h('dd', { 'data-name': `gate-${quantities[i]}` }, number.replace('-', '−')))));
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
          h('thead', {}, h('tr', {}, [table.layoutHead, table.callsHead].map(head => h('th', { scope: 'col' }, text(head))))),
          h('tbody', {}, table.layouts.map(({ layout, name: spelled, calls }) => h('tr', {},
            h('th', { scope: 'row' }, text(layout), ' ', h('code', {}, spelled)),
            h('td', {}, calls.length === 0 ? t('nobody')
              : calls.flatMap(([framework, code], i) => [`${i > 0 ? ', ' : ''}${framework} `, h('code', {}, code)]))))))));
  }

  function figure() {
    const heading = t('gatesOf', fullTitleOf(state.get('unit')), pretty(at().gate, 4), pretty(at().value, 4));
    return figureOf(heading, [
      { chart: surface, name: `${captions.surface.textContent} (${t('gateScale', pretty(most, 3))})`, key: [] },
      { chart: slices.gate, name: sliceTitle('gate'), key: series() },
      { chart: slices.value, name: sliceTitle('value'), key: series() },
    ]);
  }

  function csv() {
    const [from, to] = reach(), along = place => from + (to - from) * place / (cellsSaved - 1);
    const columns = quantities.map((_, what) => library.GateSurface(state.get('unit'), what, from, to, cellsSaved));
    const rows = columns[0].map((_, i) =>
      [along(i % cellsSaved), along(cellsSaved - 1 - Math.floor(i / cellsSaved)), ...columns.map(column => column[i])].join(','));
    return `gate,value,y,dy_dgate,dy_dvalue\n${rows.join('\n')}\n`;
  }

  return () => {
    chooser.show();
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
