// A vector's function: inputs and temperature to drag, outputs as bars, the Jacobian as a heat map.
import { h, index, pretty } from '../dom.js';
import { place as language, t } from '../words.js';
import { fullTitleOf, functions, library, read, spell } from '../library.js';
import { cells } from '../plot/cells.js';
import { createChart } from '../plot/chart.js';
import { button, choice, plainButton, saveButtons, slider } from '../controls.js';
import { figureOf, save } from '../plot/figure.js';
import { keyEntry, stroke } from '../palette.js';

const most = 8, reach = 8;
// Closer together where the curves bend.
const temperatures = Array.from({ length: 60 }, (_, i) => 0.1 * 100 ** (i / 59));

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function softmax(root, state) {
  const which = choice({
    label: t('function'),
    name: 'vector',
    options: functions.filter(entry => entry.shape === 'vector').map(entry => [entry.name, entry.title]),
    input: value => state.set({ vector: value }),
  });
  const tellMore = () => state.set({ tab: 'understand', focus: state.get('vector') });
  const about = plainButton(t('more'), tellMore, { 'data-name': 'about' });
  const settings = h('div', { 'data-name': 'settings' });
  const temperature = slider({
    label: t('temperature'),
    name: 'temperature',
    from: 0.1,
    to: 10,
    step: 0.01,
    value: 1,
    input: value => value > 0.001 && value <= 1e6 && (state.set({ temperature: value }), true),
  });
  const rows = h('div', { class: 'vector-rows' });
  const sum = h('p', { class: 'quiet', 'data-name': 'sum' });
  const heat = h('div', { class: 'heat', 'data-name': 'jacobian' });
  const facts = h('p', { class: 'quiet', 'data-name': 'jacobian-facts' });
  const place = h('figure', {});
  const change = (word, name, work) =>
    button(t(word), () => state.set({ inputs: work(inputs()).join(',') }), { 'data-name': name });
  const shift = (word, name, by) => change(word, name, all => all.map(value => tidy(value + by)));
  const fewer = change('removeInput', 'fewer', all => all.slice(0, -1));
  const more = change('addInput', 'more', all => [...all, 0]);
  root.append(
    h('p', { class: 'lead' }, t('softmaxLead')),
    h('div', { class: 'halves' },
      h('div', { class: 'sheet' },
        h('div', { class: 'group' }, which.element, about), settings, temperature.element,
        h('div', { class: 'vector-head quiet' }, h('span', {}, t('inputs')), h('span', {}, t('outputs'))),
        rows, sum,
        h('div', { class: 'group' },
          more, fewer, shift('shiftDown', 'shift-down', -1), shift('shiftUp', 'shift-up', 1))),
      h('div', { class: 'sheet' },
        h('h2', {}, t('jacobian')), h('p', { class: 'quiet' }, t('jacobianNote')), heat, facts)),
    place,
    h('div', { class: 'toolbar' }, saveButtons(kind => save(kind, `nonlinear-${state.get('vector')}`, figure, csv))));

  /** @type {import('@page').Chart | undefined} */
  let chart;
  /** @type {import('@page').Chart | undefined} */
  let jacobianChart;
  let curves = { key: '', columns: [[0]] };
  let lines = [], outputs = [], jacobian = [], shape = '', sliders = [], slidersOf = '';
  const tidy = value => Number(value.toFixed(6));
  const inputs = () => state.get('inputs').split(',').map(Number);

  // Each parameter of the function has a slider.
  function buildSettings(spelling) {
    const { entry } = read(spelling);
    slidersOf = entry.name;
    sliders = entry.parameters.map((parameter, place) => slider({
      label: parameter.symbol, name: `parameter-${parameter.name}`, from: parameter.from, to: parameter.to,
      step: parameter.integer ? 1 : 0.01, value: parameter.default,
      input(value) {
        if (!(value >= parameter.from))
          return false;
        const { values } = read(state.get('vector'));
        state.set({ vector: spell(entry, values.with(place, value)) });
        return true;
      },
    }));
    settings.replaceChildren(...sliders.map(each => each.element));
  }

  // A row for each output; those beyond the inputs have no slider.
  function build(count, all) {
    lines = Array.from({ length: all }, (_, i) => {
      const control = i >= count ? { element: h('span', {}, `y${index(i)}`), show() {} } : slider({
        label: `x${index(i)}`, name: `input-${i}`, from: -reach, to: reach, step: 0.01, value: 0,
        input: value => (state.set({ inputs: inputs().with(i, value).join(',') }), true),
      });
      const bar = h('span', { class: 'bar-fill' }), value = h('span', { class: 'bar-value', 'data-output': i });
      rows.append(h('div', { class: 'vector-row' }, control.element, h('div', { class: 'bar-track' }, bar), value));
      return { control, bar, value };
    });
  }

  /** @returns {import('@page').Table} */
  const slopes = () => ({
    name: t('jacobian'), rows: outputs.map((_, i) => slopesOf(i)), rowName: i => `y${index(i)}`,
  });

  // A square for each pair, as many as there are.
  function buildHeat(size, all) {
    jacobianChart?.destroy();
    const numbers = count => Array.from({ length: count }, (_, i) => i + 1);
    jacobianChart = createChart({
      name: t('jacobian'),
      height: width => Math.min(440, 48 + all * Math.max(30, Math.min(56, (width - 76) / size))),
      x: { title: t('inputs'), ticks: numbers(size), write: j => `x${index(j - 1)}` },
      y: { title: t('outputs'), ticks: numbers(all), write: i => `y${index(i - 1)}`, range: () => [all + 0.5, 0.5] },
      series: [],
      over: cells(slopes),
    });
    jacobianChart.frame.classList.add('gridless');
    heat.replaceChildren(jacobianChart.frame);
  }

  // What the numbers in the table say, and no more.
  function factsOf(inputs) {
    const [row, column, zeros] = library.JacobianFacts(jacobian, inputs), all = jacobian.length;
    return [
      row === 0 ? t('rowsCancel') : t('rowsDoNot', pretty(row, 3)),
      column === 0 ? t('columnsCancel') : t('columnsDoNot', pretty(column, 3)),
      zeros === 0 ? t('allAnswer') : zeros === all ? t('noneAnswers') : t('someAnswer', all - zeros, all),
    ].join(language() === 0 ? ' ' : '');
  }

  // Of an output by all inputs: a row of the Jacobian.
  function slopesOf(i) {
    const size = inputs().length;
    return jacobian.slice(i * size, (i + 1) * size);
  }

  function csv() {
    const slopes = inputs().map((_, j) => `dy_dx${j + 1}`);
    const rows = outputs.map((y, i) => [i + 1, inputs()[i] ?? '', y, ...slopesOf(i)].join(','));
    return `input,x,y,${slopes.join(',')}\n${rows.join('\n')}\n`;
  }

  const series = size => Array.from({ length: size }, (_, i) => ({
    label: `y${index(i)}`, ...stroke(i),
  }));

  // All outputs over the temperature, from one winner to all alike; they stay while only the temperature moves.
  function byTemperature() {
    const key = `${state.get('vector')}|${state.get('inputs')}`;
    if (curves.key !== key) {
      const size = outputs.length, numbers = library.ByTemperature(state.get('vector'), inputs(), temperatures);
      curves = { key, columns: outputs.map((_, i) => temperatures.map((_, step) => numbers[step * size + i])) };
    }
    return curves.columns;
  }

  function figure() {
    const heading = t('softmaxOf', fullTitleOf(state.get('vector')), inputs().map(value => pretty(value, 6)).join(', '),
      state.get('temperature'));
    return figureOf(heading, chart && jacobianChart ? [
      { chart: jacobianChart, name: t('jacobian'), key: [] },
      { chart, name: t('byTemperature'), key: chart.options.series },
    ] : []);
  }

  const marks = () => outputs.map((y, i) => ({ series: i, x: state.number('temperature'), y }));

  function buildChart(size) {
    chart?.destroy();
    chart = createChart({
      name: t('byTemperature'),
      height: 260,
      x: { title: t('temperature') },
      y: { title: t('outputs') },
      series: series(size),
      marks,
    });
    chart.frame.dataset.chart = 'temperature';
    place.replaceChildren(
      h('figcaption', {}, t('byTemperature')),
      chart.frame,
      h('p', { class: 'key' },
        series(size).map(keyEntry)));
  }

  return () => {
    const now = inputs(), vector = state.get('vector');
    const numbers = library.Vector(vector, now, state.number('temperature')), all = numbers.length / (1 + now.length);
    if (shape !== `${now.length} ${all}`) {
      shape = `${now.length} ${all}`;
      rows.replaceChildren();
      build(now.length, all);
      buildChart(all);
      buildHeat(now.length, all);
    }
    const { entry, values } = read(vector);
    if (slidersOf !== entry.name)
      buildSettings(vector);
    sliders.forEach((each, i) => each.show(values[i]));
    which.show(entry.name);
    temperature.show(state.number('temperature'));
    now.forEach((value, i) => lines[i].control.show(value));
    fewer.disabled = now.length <= 2;
    more.disabled = now.length >= most;
    outputs = Array.from(numbers.slice(0, all));
    jacobian = Array.from(numbers.slice(all));
    const lowest = Math.min(0, ...outputs), highest = Math.max(...outputs, lowest < 0 ? lowest + 1e-300 : 1);
    outputs.forEach((value, i) => {
      lines[i].bar.style.width = `${100 * (value - lowest) / (highest - lowest || 1)}%`;
      lines[i].value.textContent = pretty(value, 4);
      lines[i].value.dataset.exact = value;
    });
    sum.textContent = `${t('sum')}: ${pretty(outputs.reduce((total, value) => total + value, 0), 6)}`;
    jacobianChart?.show([], 0.5, now.length + 0.5);
    facts.textContent = factsOf(now.length);
    chart?.show([temperatures, ...byTemperature()], 0, 10);
  };
}
