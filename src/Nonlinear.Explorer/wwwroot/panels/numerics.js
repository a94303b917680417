// The textbook formula in naive float against the library's kernel: who is off by how much, and where the formula
// breaks.
import { h, oncePerFrame, pretty, style, typeset } from '../dom.js';
import { t } from '../words.js';
import { fullTitleOf, functions, library, read } from '../library.js';
import { createChart } from '../plot/chart.js';
import { button, functionChoice, plainButton, saveButtons, toggle } from '../controls.js';
import { figureOf, save } from '../plot/figure.js';
import { keyEntry } from '../palette.js';

const points = 801, least = 0.02, most = 1e9;

// In ulps: what is off by no more has all its digits but the last.
const fine = 1;

// f, f′ as it is printed, f′ as it is often written.
const sideKeys = ['f', 'd', 'h'];

/** @type {[word: string, change: Record<string, string>][]} */
const famous = [
  ['famousGelu', { rival: 'gelu', rivalOf: 'f', rivalFrom: '-14', rivalTo: '2' }],
  ['famousMish', { rival: 'mish', rivalOf: 'f', rivalFrom: '-30', rivalTo: '10' }],
  ['famousSoftmax', { rival: 'softmax', rivalOf: 'f', rivalFrom: '-120', rivalTo: '120' }],
  ['famousSigmoid', { rival: 'sigmoid', rivalOf: 'f', rivalFrom: '-105', rivalTo: '10' }],
  ['famousSlope', { rival: 'sigmoid', rivalOf: 'h', rivalFrom: '-10', rivalTo: '40' }],
  ['famousTanh', { rival: 'tanh', rivalOf: 'f', rivalFrom: '-1', rivalTo: '100' }],
  ['famousElu', { rival: 'elu', rivalOf: 'f', rivalFrom: '-0.01', rivalTo: '0.001' }],
];

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function numerics(root, state) {
  const chooser = functionChoice(state, 'rival', entry => library.CanContest(entry.name));
  const sides = sideKeys.map(side =>
    toggle(t(`q_${side}`), false, () => state.set({ rivalOf: side }), { 'data-side': side, 'aria-label': t(side) }));
  const ends = ['from', 'to'].map(end =>
    h('input', {
      type: 'number', step: 'any', 'data-name': `rival-${end}`, 'aria-label': `x ${t(end)}`, change: typed,
    }));
  const note = h('p', { class: 'quiet' });
  const key = h('p', { class: 'key' });
  const reading = h('div', { class: 'readings-row', 'aria-live': 'polite' });
  const list = h('ul', { class: 'failures', 'data-name': 'failures' });
  const place = h('figure', {});
  root.append(
    h('p', { class: 'lead' }, t('numericsLead')),
    h('div', { class: 'toolbar' }, h('div', { class: 'group', role: 'group', 'aria-label': t('famous') },
      h('span', { class: 'quiet' }, t('famous')),
      famous
        .filter(([, change]) => functions.some(entry => entry.name === change.rival))
        .map(([word, change]) => button(t(word), () => state.set(change), { 'data-famous': word })))),
    h('div', { class: 'toolbar' },
      chooser.element,
      h('div', { class: 'group' }, sides),
      h('div', { class: 'group' }, 'x', ends[0], '…', ends[1],
        button('−', () => zoom(2), { 'data-name': 'rival-out', 'aria-label': t('zoomOut'), title: t('zoomOut') })),
      saveButtons(kind => save(kind, `nonlinear-${read(state.get('rival')).entry.name}-numerics`, figure, csv))),
    note, place, key, reading, h('section', { class: 'sheet' }, h('h2', {}, t('failures')), list));

  const series = () => [
    { label: t('textbook'), colour: style('--curve-1') },
    { label: t('fastTier'), colour: style('--curve-2') },
    { label: t('kernel'), colour: style('--curve-0') },
  ];
  /** @type {import('@page').Failure[]} */
  let failures = [];
  /** @type {number | null} */
  let x = null;
  const readSoon = oncePerFrame(showReading);

  // The side that was asked for, or the next one that the function has.
  function side() {
    const asked = sideKeys.indexOf(state.get('rivalOf'));
    if (read(state.get('rival')).entry.shape !== 'elementwise')
      return 0;
    return library.ContestFormula(state.get('rival'), asked).length > 0 ? asked : 1;
  }

  const range = () => [state.number('rivalFrom'), state.number('rivalTo')];

  const now = () => [state.get('rival'), side(), ...range()].join('|');

  function build() {
    const made = createChart({
      name: t('errorInUlps'),
      height: 330,
      x: { title: 'x' },
      y: { title: 'ulp', log: true, range: () => [least / 2, most * 2] },
      series: series(),
      shade,
      onRange: setRange,
      onReset: () => zoom(4),
      onRead: value => { x = value; readSoon(); },
    });
    made.frame.dataset.chart = 'ulps';
    place.replaceChildren(h('figcaption', {}, t('errorInUlps')), made.frame);
    key.replaceChildren(...series().map(keyEntry));
    return made;
  }

  /**
   * Where the formula fails altogether.
   * @type {import('@page').Draw}
   */
  function shade(layer, view) {
    const left = failure => Math.max(view.left, view.x(failure.from));
    layer.selectAll('rect').data(failures).join('rect')
      .attr('y', view.top).attr('height', view.bottom - view.top)
      .attr('x', left).attr('width', failure => Math.max(1, Math.min(view.right, view.x(failure.to)) - left(failure)))
      .attr('fill', `rgb(${style('--fail')})`).attr('fill-opacity', failure => failure.kind === 'digits' ? 0.07 : 0.16);
  }

  function compute() {
    const spelling = state.get('rival'), [from, to] = range();
    const numbers = library.Contest(spelling, side(), from, to, points);
    const part = i => numbers.slice(i * points, (i + 1) * points);
    failures = JSON.parse(library.Failures(spelling, side(), from, to, points));
    return {
      x: part(0),
      naive: part(1),
      ours: part(2),
      truth: part(3),
      naiveUlps: part(4),
      ourUlps: part(5),
      fast: part(6),
      fastUlps: part(7),
    };
  }

  // Exact results have no place on a logarithmic axis, nor have infinite errors: they go to its ends.
  const shownError = error => Number.isNaN(error) ? null : Math.min(most, Math.max(least, error));

  const errors = () =>
    [contest.naiveUlps, contest.fastUlps, contest.ourUlps].map(column => Array.from(column, shownError));

  function draw() {
    const [from, to] = range();
    chart.show([contest.x, ...errors()], from, to);
    const worst = Math.max(...contest.naiveUlps.filter(Number.isFinite));
    const none = () => h('li', { class: 'good' }, t('nothingFails', points, pretty(worst, 2)));
    list.replaceChildren(...(failures.length === 0 ? [none()] : [...failures.map(entryOf), ...better()]));
  }

  // A formula of one's own may have a form that does not fail; that it does not is seen here, not believed.
  function better() {
    const form = library.StableForm(state.get('rival'));
    if (form === '' || !library.CanContest(form))
      return [];
    const [from, to] = range(), errors = library.Contest(form, side(), from, to, points).slice(5 * points, 6 * points);
    const worst = Math.max(...errors.filter(error => !Number.isNaN(error)));
    return worst > fine ? [] : [h('li', { class: 'good', 'data-name': 'stable-form' },
      t('stableForm', form, pretty(worst, 2), points), ' ',
      plainButton(t('tryIt'), () => state.set({ rival: form })))];
  }

  function entryOf(failure) {
    const sentence = failure.kind === 'digits' ? 'failureHereAndThere' : 'failure';
    const what = t(`k_${failure.kind}`, pretty(failure.ulps ?? 0, 2));
    return h('li', { 'data-kind': failure.kind },
      h('strong', {}, t(sentence, typeset(failure.fromText), typeset(failure.toText), what)), ' ',
      t('failureExample', typeset(failure.at), typeset(failure.naive), typeset(failure.ours)));
  }

  function showReading() {
    if (x === null)
      return reading.replaceChildren(h('p', { class: 'quiet' }, t('hover')));
    const numbers = library.Contest(state.get('rival'), side(), x, x + Math.max(1e-30, Math.abs(x) * 1e-12), 2);
    const [at, , naive, , ours, , truth, , naiveUlps, , ourUlps, , fast, , fastUlps] = numbers;
    const ulps = error => Number.isFinite(error) ? `${pretty(error, 2)} ulp` : '∞ ulp';
    const cell = (name, value, error) => h('div', {},
      h('span', { class: 'quiet' }, name),
      h('code', {}, typeset(value)),
      error === null ? null : h('span', { class: 'quiet' }, ulps(error)));
    return reading.replaceChildren(
      cell('x', library.Write(at), null),
      cell(t('textbook'), library.Write(naive), naiveUlps),
      cell(t('fastTier'), library.Write(fast), fastUlps),
      cell(t('kernel'), library.Write(ours), ourUlps),
      cell(t('truth'), truth !== 0 && Math.abs(truth) < 1e-4 ? truth.toExponential() : String(truth), null));
  }

  function typed() {
    const [from, to] = ends.map(end => Number(end.value));
    const fine = ends.every(end => end.value !== '') && Number.isFinite(from) && Number.isFinite(to) && from < to;
    ends.forEach(end => end.setAttribute('aria-invalid', fine ? 'false' : 'true'));
    if (fine)
      state.set({ rivalFrom: from, rivalTo: to });
  }

  function setRange(from, to) {
    if (to - from > 1e-5 && to - from < 1e6)
      state.set({ rivalFrom: Number(from.toPrecision(6)), rivalTo: Number(to.toPrecision(6)) });
  }

  function zoom(factor) {
    const [from, to] = range(), middle = (from + to) / 2, half = (to - from) / 2 * factor;
    setRange(middle - half, middle + half);
  }

  function figure() {
    const heading = `${fullTitleOf(state.get('rival'))}, ${t(sideKeys[side()])}`;
    return figureOf(heading, [{ chart, name: t('errorInUlps'), key: series() }]);
  }

  function csv() {
    const rows = Array.from(
      contest.x,
      (value, i) => [
        library.Write(value),
        library.Write(contest.naive[i]),
        library.Write(contest.ours[i]),
        contest.truth[i],
        contest.naiveUlps[i],
        contest.ourUlps[i],
        library.Write(contest.fast[i]),
        contest.fastUlps[i],
      ].join(','));
    return `x,naive,nonlinear,truth,naive_ulps,nonlinear_ulps,fast,fast_ulps\n${rows.join('\n')}\n`;
  }

  const chart = build();
  let contest = compute(), at = now();

  return () => {
    chooser.show();
    const vector = read(state.get('rival')).entry.shape !== 'elementwise';
    sides.forEach((button, i) => {
      button.setAttribute('aria-pressed', String(i === side()));
      button.disabled = vector && i > 0;
      button.hidden = i === 2 && (vector || library.ContestFormula(state.get('rival'), i).length === 0);
    });
    range().forEach((end, i) => { if (document.activeElement !== ends[i]) ends[i].value = String(end); });
    const [formula, ...definitions] = library.ContestFormula(state.get('rival'), side());
    const defined = definitions.length > 0 ? t('where', formula, definitions.join(', ')) : formula;
    note.textContent = (vector ? t('ofTwo', formula) : defined).replaceAll('-', '−');
    if (at !== now()) {
      at = now();
      contest = compute();
    }
    draw();
    showReading();
  };
}
