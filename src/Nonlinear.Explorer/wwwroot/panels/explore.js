// Curves of any number of functions: f, f′, f″ and the gradients by the parameters, live under sliders.
import { h, numberIn, oncePerFrame, pretty, typeset } from '../dom.js';
import { t } from '../words.js';
import { curve, fullTitleOf, gridOf, library, quantity, read, spell, titleOf } from '../library.js';
import { add, remove, replace, shown } from '../selection.js';
import { keyEntry, stroke, swatch } from '../palette.js';
import { createChart } from '../plot/chart.js';
import { button, parameters, plainButton, saveButtons, tableHead, toggle } from '../controls.js';
import { figureOf, save } from '../plot/figure.js';
import { picker } from '../picker.js';
import { tangent } from '../plot/tangent.js';

const points = 600;
const kinds = ['f', 'd', 'c', 'g'];
const symbols = { f: 'f(x)', d: 'f′(x)', c: 'f″(x)', g: '∂f/∂θ' };
const heights = { f: 246, d: 178, c: 178, g: 178 };
const first = { f: quantity.function, d: quantity.derivative, c: quantity.curvature };

const middle = parameter =>
  parameter.integer ? parameter.default : Number(((parameter.from + parameter.to) / 2).toPrecision(3));

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function explore(root, state) {
  const list = picker(state);
  const legend = h('div', { class: 'legend', role: 'group', 'aria-label': t('legend') });
  const sliding = tangent({
    state,
    grid: () => grid(),
    first: () => tangentOf(),
    redraw: () => { for (const chart of drawn.values()) chart.draw(); sliding.show(); },
  });
  const charts = h('div', { class: 'charts', 'data-name': 'charts' });
  const cards = h('div', { class: 'cards' });
  const readings = h('table', { class: 'readings' });
  const readingX = h('p', { class: 'quiet reading-x', 'aria-live': 'polite' });
  const toggles = kinds.map(kind =>
    toggle(t(`q_${kind}`), false, () => flip(kind), { 'data-quantity': kind, title: t(kind), 'aria-label': t(kind) }));
  const slope = toggle(
    t('tangent'), false, () => state.set({ tangent: state.get('tangent') ? '' : '1' }), { 'data-name': 'tangent' });
  const log = toggle(
    t('logScale'), false, () => state.set({ log: state.get('log') ? '' : '1', y: '' }), { 'data-name': 'log' });
  const ends = ['from', 'to'].map(end =>
    h('input', { type: 'number', step: 'any', 'data-name': end, 'aria-label': `x ${t(end)}`, change: typed }));
  const toolbar = h('div', { class: 'toolbar' },
    h('div', { class: 'group', role: 'group', 'aria-label': t('quantities') }, toggles),
    log, slope,
    h('div', { class: 'group' }, 'x', ends[0], '…', ends[1],
      button('+', () => zoom(0.5), { 'aria-label': t('zoomIn'), title: t('zoomIn') }),
      button('−', () => zoom(2), { 'aria-label': t('zoomOut'), title: t('zoomOut') }),
      button(t('resetZoom'), reset, { 'data-name': 'reset' })),
    saveButtons(kind => save(kind, 'nonlinear', figure, csv)));
  root.append(
    list.element,
    h('div', { class: 'stage' },
      toolbar,
      legend,
      sliding.element,
      charts,
      // Sliders next to what they move, so that both are in sight.
      cards,
      h('section', { 'aria-label': t('readings') }, readingX, readings),
      h('p', { class: 'quiet help' }, t('chartHelp'))));

  let built = '', drawn = new Map(), sliders = [], cardsOf = '', x = 0, held = 0, legendOf = '';
  const readSoon = oncePerFrame(showReadings);

  const range = () => [state.number('from'), state.number('to')];
  const grid = () => gridOf(shown().map(each => each.spelling), state.number('from'), state.number('to'), points);
  // The tangent is that of the curve that is lit, or of the first.
  function tangentOf() {
    const all = shown(), which = all[Math.min(held, all.length - 1)];
    return which ? { spelling: which.spelling, colour: stroke(which.slot).colour } : null;
  }

  /**
   * From where to where the axis of y goes, where somebody has moved it; else it fits the curves.
   * @returns {Record<string, [number, number]>}
   */
  const stretched = () => Object.fromEntries(state.list('y').map(each => {
    const [kind, low, high] = each.split(',');
    return [kind, [Number(low), Number(high)]];
  }));

  function stretch(kind, low, high) {
    if (low !== null && !(high - low > 1e-30 && Math.abs(low) < 1e30 && Math.abs(high) < 1e30))
      return;
    const { [kind]: _, ...others } = stretched();
    const all = { ...others, ...(low === null ? {} : { [kind]: [low, high].map(end => Number(end.toPrecision(5))) }) };
    state.set({ y: Object.entries(all).map(([name, ends]) => [name, ...ends].join(',')).join(';') });
  }

  const kindsShown = () => kinds.filter(kind => state.get('show').split(',').includes(kind));

  // One curve for a function; for gradients, one for each of its parameters.
  function curvesOf(kind) {
    return shown().flatMap(({ spelling, slot }) => kind === 'g'
      ? read(spelling).entry.parameters.map((parameter, i) => ({
        spelling,
        slot,
        what: quantity.gradient + i,
        label: `∂/∂${parameter.symbol} ${titleOf(spelling)}`,
        shift: i,
      }))
      : [{ spelling, slot, what: first[kind], label: titleOf(spelling), shift: 0 }]);
  }

  function build() {
    for (const chart of drawn.values())
      chart.destroy();
    drawn = new Map();
    charts.replaceChildren();
    for (const kind of kindsShown()) {
      const curves = curvesOf(kind);
      if (curves.length === 0)
        continue;
      const chart = createChart({
        name: t(kind),
        height: heights[kind],
        x: { title: 'x' },
        y: { title: state.get('log') ? `|${symbols[kind]}|` : symbols[kind], log: state.get('log') !== '' },
        sync: 'explore',
        series: curves.map(each => ({ label: each.label, ...stroke(each.slot, each.shift) })),
        marks: () => marksOf(kind),
        over: sliding.over(kind),
        tell: value => tell(kind, value),
        onLight: series => mark(series === null ? null : placeOf(curves[series]?.spelling)),
        onRange: setRange,
        heights: () => state.get('log') && !(stretched()[kind]?.[0] > 0) ? null : stretched()[kind] ?? null,
        onHeights: (low, high) => stretch(kind, low, high),
        onReset: reset,
        onRead: value => { x = value; readSoon(); },
      });
      chart.frame.dataset.chart = kind;
      charts.append(h('figure', {},
        h('figcaption', {}, t(kind), state.get('log') ? h('span', { class: 'quiet' }, ` · ${t('logNote')}`) : null),
        chart.frame,
        // The other charts have the key above them.
        kind === 'g' ? h('p', { class: 'key' }, chart.options.series.map(keyEntry)) : null));
      drawn.set(kind, chart);
    }
    if (shown().length === 0)
      charts.append(h('p', { class: 'notice' }, t('nothingShown')));
  }

  /**
   * The values of a chart's curves at x, each with its key.
   * @returns {[Node, string][]}
   */
  function tell(kind, value) {
    return curvesOf(kind).map(each =>
      [swatch(stroke(each.slot, each.shift)), brief(library.At([each.spelling], each.what, value)[0])]);
  }

  const placeOf = spelling => shown().findIndex(each => each.spelling === spelling);

  const brief = written => pretty(numberIn(written), 5);

  function mark(place) {
    [...legend.children].forEach((entry, i) => entry.classList.toggle('lit', i === place));
  }

  // Pointing at an entry lights its curves; pressing it takes the tangent there.
  function showLegend() {
    const light = place => {
      for (const [kind, chart] of drawn) {
        const series = curvesOf(kind).findIndex(each => each.spelling === shown()[place]?.spelling);
        chart.light(place === null || series < 0 ? null : series);
      }
      mark(place);
    };
    legend.hidden = shown().length === 0;
    const hold = place => { held = place; sliding.show(); draw(); };
    legend.replaceChildren(...shown().map(({ spelling, slot }, place) => {
      const entry = button('', () => hold(place), {
        'data-legend': spelling,
        pointerenter: () => light(place),
        pointerleave: () => light(null),
        focus: () => light(place),
        blur: () => light(null),
      });
      entry.append(swatch(stroke(slot)), titleOf(spelling));
      return entry;
    }));
  }

  function marksOf(kind) {
    const at = grid(), log = state.get('log') !== '';
    const height = value => log ? Math.abs(value) : value;
    return curvesOf(kind).flatMap((each, series) => {
      const { values, jumps } = curve(each.spelling, each.what, at);
      const dots = jumps.flatMap(jump => [
        { series, x: jump.x, y: height(jump.isLeft ? jump.right : jump.left), open: true },
        { series, x: jump.x, y: height(jump.isLeft ? jump.left : jump.right) },
      ]);
      // The function bends where its derivative jumps, unless it jumps itself.
      const kinks = kind !== 'f' ? [] : curve(each.spelling, quantity.derivative, at).jumps
        .filter(jump => !jumps.some(own => own.x === jump.x))
        .map(jump => ({ series, x: jump.x, y: height(values[at.xs.indexOf(jump.x)]), kink: true }));
      return [...kinks, ...dots].filter(mark => !log || mark.y > 0);
    });
  }

  // On a logarithmic axis there is no place for 0, nor for the floats beside it that a kink adds.
  function draw() {
    const at = grid(), { from, to, xs } = at, log = state.get('log') !== '';
    for (const [kind, chart] of drawn) {
      const columns = curvesOf(kind).map(each => curve(each.spelling, each.what, at).values);
      const sizeAt = (value, i) => value && Math.abs(xs[i]) > 1e-30 ? Math.abs(value) : null;
      chart.show([xs, ...(log ? columns.map(column => Array.from(column, sizeAt)) : columns)], from, to);
    }
    if (document.activeElement !== ends[0])
      ends[0].value = String(Number(from.toPrecision(6)));
    if (document.activeElement !== ends[1])
      ends[1].value = String(Number(to.toPrecision(6)));
  }

  function showReadings() {
    if (shown().length === 0) {
      readings.replaceChildren();
      return;
    }
    const spellings = shown().map(each => each.spelling);
    readingX.textContent = `${t('reading')} ${typeset(library.Write(x))}`;
    const columns = kindsShown().flatMap(kind => columnsOf(kind, spellings));
    const cell = value => h('td', { 'data-value': value }, typeset(value || '–'));
    readings.replaceChildren(
      tableHead([t('function'), ...columns.map(column => column.head)]),
      h('tbody', {}, shown().map(({ spelling, slot }, row) => h('tr', {},
        h('th', { scope: 'row' }, swatch(stroke(slot)), titleOf(spelling)),
        columns.map(column => cell(column.values[row]))))));
  }

  // One for a quantity; of gradients, as many as the function with the most parameters has.
  function columnsOf(kind, spellings) {
    if (kind !== 'g')
      return [{ head: t(`q_${kind}`), values: library.At(spellings, first[kind], x) }];
    const most = Math.max(0, ...spellings.map(spelling => read(spelling).entry.parameters.length));
    return Array.from({ length: most }, (_, i) => ({
      head: most > 1 ? `∂f/∂θ${'₁₂₃₄'[i]}` : '∂f/∂θ',
      values: library.At(spellings, quantity.gradient + i, x),
    }));
  }

  function buildCards() {
    sliders = shown().map(({ spelling }, place) => parameters(spelling, accepted => replace(place, accepted)));
    cards.replaceChildren(...shown().map(({ spelling, slot }, place) => card(read(spelling).entry, slot, place)));
  }

  function card(entry, slot, place) {
    const tellMore = () => state.set({ tab: 'understand', focus: shown()[place].spelling });
    return h('article', { class: 'card', 'data-card': entry.name, style: `--own:${stroke(slot).colour}` },
      h('header', {},
        swatch(stroke(slot)),
        h('h2', {}, entry.title),
        h('span', {},
          plainButton(t('more'), tellMore),
          plainButton('×', () => remove(place), {
            'aria-label': `${t('remove')}: ${entry.title}`, title: t('remove'),
          }))),
      entry.parameters.length === 0 ? null : [
        sliders[place].element,
        h('div', { class: 'group' },
          plainButton(t('resetParameters'), () => replace(place, entry.name)),
          plainButton(t('anotherOne'), () => add(spell(entry, entry.parameters.map(middle))))),
      ]);
  }

  function flip(kind) {
    const now = kindsShown();
    state.set({ show: kinds.filter(each => each === kind ? !now.includes(kind) : now.includes(each)).join(',') });
  }

  function typed() {
    const [from, to] = ends.map(end => Number(end.value));
    const fine = Number.isFinite(from) && Number.isFinite(to) && from < to && ends.every(end => end.value !== '');
    ends.forEach(end => end.setAttribute('aria-invalid', fine ? 'false' : 'true'));
    if (fine)
      state.set({ from, to });
  }

  // Float is what the curves are computed in; closer than this its steps would show, farther out is nothing.
  function setRange(from, to) {
    const span = to - from;
    if (span > 1e-4 && span < 1e5)
      state.set({ from: Number(from.toPrecision(7)), to: Number(to.toPrecision(7)) });
  }

  function zoom(factor) {
    const [from, to] = range(), centre = (from + to) / 2, half = (to - from) / 2 * factor;
    setRange(centre - half, centre + half);
  }

  function reset() {
    state.set({ from: state.default('from'), to: state.default('to'), y: '' });
  }

  function figure() {
    const names = shown().map(({ spelling }) => fullTitleOf(spelling));
    return figureOf(names.join(', ') || 'Nonlinear', [...drawn].map(([kind, chart]) => ({
      chart,
      name: state.get('log') ? `${t(kind)} · ${t('logNote')}` : t(kind),
      key: chart.options.series,
    })));
  }

  function csv() {
    const { from, to, kinks } = grid();
    const headOf = (kind, each) => kind === 'g' ? each.label : `${t(`q_${kind}`)} ${each.spelling}`;
    const curves = kindsShown().flatMap(kind => curvesOf(kind).map(each => ({ ...each, head: headOf(kind, each) })));
    return library.Csv(
      curves.map(each => each.head),
      curves.map(each => each.spelling),
      curves.map(each => each.what),
      from,
      to,
      points,
      kinks);
  }

  return changed => {
    list.show();
    kinds.forEach((kind, i) => toggles[i].setAttribute('aria-pressed', String(kindsShown().includes(kind))));
    log.setAttribute('aria-pressed', String(state.get('log') !== ''));
    slope.setAttribute('aria-pressed', String(state.get('tangent') !== ''));
    const layout = JSON.stringify(
      [shown().map(({ spelling, slot }) => [read(spelling).entry.name, slot]), state.get('show'), state.get('log')]);
    if (built !== layout) {
      built = layout;
      build();
    }
    const names = JSON.stringify(shown().map(({ spelling, slot }) => [read(spelling).entry.name, slot]));
    if (cardsOf !== names) {
      cardsOf = names;
      buildCards();
    }
    shown().forEach(({ spelling }, i) => sliders[i].show(spelling));
    if (legendOf !== state.get('f') + state.get('slots')) {
      legendOf = state.get('f') + state.get('slots');
      showLegend();
    }
    sliding.show();
    draw();
    // A link can point at a place, and so does the step of a tour.
    if (state.get('at') !== '' && (changed === null || changed.has('at') || changed.has('tour'))) {
      x = state.number('at');
      for (const chart of drawn.values())
        chart.tell(x);
    }
    showReadings();
  };
}
