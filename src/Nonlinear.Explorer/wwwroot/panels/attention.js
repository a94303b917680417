// Attention's softmax: a matrix of logits to change, its rows' shares, and how one of them answers to each logit.
import { h, index, pretty, typeset } from '../dom.js';
import { place as language, t } from '../words.js';
import { library } from '../library.js';
import { button, facts, saveButtons, slider, toggle } from '../controls.js';
import { cells, squares } from '../plot/cells.js';
import { createChart } from '../plot/chart.js';
import { figureOf, save } from '../plot/figure.js';

const least = 2, most = 8, reach = 10, step = 0.5;

// What a switch turns on.
const usual = { cap: 2, sink: 0 };

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function attention(root, state) {
  const scale = slider({
    label: t('scale'), title: t('scaleNote'), name: 'scale', from: 0.05, to: 4, step: 0.01, value: 1,
    input: number => number >= 0.001 && number <= 1000 && (state.set({ scale: number }), true),
  });
  const temperature = slider({
    label: t('temperature'), name: 'temperature', from: 0.1, to: 10, step: 0.01, value: 1,
    input: number => number >= 0.001 && number <= 1e6 && (state.set({ temperature: number }), true),
  });
  const causal = toggle(t('causal'), false, () => state.set({ causal: state.get('causal') ? '' : '1' }),
    { 'data-name': 'causal' });
  const cap = optional('cap', { from: 0.1, to: 10, step: 0.01 }, number => number >= 0.001 && number <= 1e6);
  const sink = optional('sink', { from: -reach, to: reach, step: 0.01, title: t('sinkNote') },
    number => Math.abs(number) <= 1000);
  const fewer = button(t('removeInput'), () => write(logits().slice(0, -1).map(row => row.slice(0, -1))),
    { 'data-name': 'fewer' });
  const more = button(t('addToken'), () => {
    const all = logits().map(row => [...row, 0]);
    write([...all, all[0].map(() => 0)]);
  }, { 'data-name': 'more' });
  const change = h('div', { 'data-name': 'change' });
  const readings = h('dl', { class: 'facts-row' });
  const verdicts = ['query', 'share'].map(of => h('p', { class: 'verdict-line', 'data-name': `${of}-verdict` }));
  const figures = h('div', { class: 'thirds' });
  root.append(
    h('p', { class: 'lead' }, t('attentionLead')),
    h('div', { class: 'sheet' },
      h('div', { class: 'attention-settings' },
        change, scale.element, temperature.element, cap.element, sink.element),
      h('div', { class: 'group' }, causal, cap.turn, sink.turn, more, fewer)),
    h('div', { class: 'sheet', 'aria-live': 'polite' }, verdicts, readings),
    figures,
    h('p', { class: 'help quiet' }, t('attentionHelp')),
    h('div', { class: 'toolbar' }, saveButtons(kind => save(kind, 'nonlinear-attention', figure, csv))));

  /** @typedef {{ chart: import('@page').Chart, caption: HTMLElement }} Plot */
  /** @type {Record<string, Plot>} */
  let plots = {};
  let shape = '', changing = '';
  /** @type {import('@page').Control<number> | undefined} */
  let logit;
  /** @type {number[][]} */
  let shares = [];
  /** @type {number[][]} */
  let slopes = [];

  const logits = () => state.get('scores').split(';').map(row => row.split(',').map(Number));
  const write = rows => state.set({ scores: rows.map(row => row.join(',')).join(';') });
  const size = () => logits().length;

  // A link may have been made for more queries.
  /** @returns {[number, number]} */
  function chosen() {
    const [query, key] = state.get('share').split(',').map(each => Math.min(Number(each), size() - 1));
    return [query, key];
  }

  const choose = (query, key) => state.set({ share: `${query},${key}` });

  function setLogit(number) {
    const [query, key] = chosen();
    write(logits().map((row, i) => row.map((old, j) => i === query && j === key ? number : old)));
  }

  function keyed(key) {
    const way = { '+': 1, '=': 1, '-': -1 }[key];
    if (way) {
      const [query, column] = chosen();
      setLogit(Number((logits()[query][column] + way * step).toFixed(6)));
    }
    return Boolean(way);
  }

  // A switch, and the number that counts while it is on.
  function optional(key, ends, allows) {
    const control = slider({
      label: t(key), name: key, value: usual[key], ...ends,
      input: number => allows(number) && (state.set({ [key]: number }), true),
    });
    const turn = toggle(t(key), false, () => state.set({ [key]: state.get(key) === '' ? usual[key] : '' }),
      { 'data-name': `${key}-switch`, title: ends.title });
    return {
      turn,
      element: control.element,
      show() {
        const isOn = state.get(key) !== '';
        turn.setAttribute('aria-pressed', String(isOn));
        control.element.hidden = !isOn;
        if (isOn)
          control.show(state.number(key));
      },
    };
  }

  /** What the library is told: the logits and all that is done to them. */
  function asked() {
    return /** @type {const} */ ([
      logits().flat(), size(), state.number('scale') / state.number('temperature'),
      state.get('cap') === '' ? Infinity : state.number('cap'), state.get('causal') === '1',
      state.get('sink') === '' ? NaN : state.number('sink'),
    ]);
  }

  const isSeen = (query, key) => state.get('causal') !== '1' || key <= query;

  // Rows of numbers, with the sink's at their end while there is one; NaN where a key is masked.
  function rowsOf(numbers, ofSinks) {
    const count = size();
    return Array.from({ length: count }, (_, i) => [
      ...Array.from({ length: count }, (_, j) => isSeen(i, j) ? numbers[i * count + j] : NaN),
      ...(state.get('sink') === '' ? [] : [ofSinks(i)]),
    ]);
  }

  function compute() {
    const count = size(), [query, key] = chosen();
    const found = library.AttentionShares(...asked()), by = library.AttentionSlopes(...asked(), query, key);
    shares = rowsOf(found, i => found[count * count + i]);
    slopes = rowsOf(by, i => i === query ? by[count * count] : 0);
  }

  const symbol = (query, key) => `p${index(query)}${index(key)}`;
  const shareName = () => symbol(...chosen());
  const column = j => j > size() ? t('sink') : `k${index(j - 1)}`;
  const rowName = i => t('query', i + 1);

  /** @returns {Record<string, () => import('@page').Table>} */
  const tables = () => ({
    logits: () => ({ name: t('logits'), rows: logits(), rowName, digits: 3 }),
    shares: () => ({ name: t('shares'), rows: shares, rowName, reach: 1 }),
    slopes: () => ({ name: t('slopesOfShare', shareName()), rows: slopes, rowName }),
  });

  // As many squares as there are, the sinks' among them.
  function build() {
    for (const { chart } of Object.values(plots))
      chart.destroy();
    const count = size(), numbers = all => Array.from({ length: all }, (_, i) => i + 1);
    plots = Object.fromEntries(Object.entries(tables()).map(([name, table]) => {
      const columns = name === 'logits' || state.get('sink') === '' ? count : count + 1;
      const chart = createChart({
        name: table().name,
        height: width => 48 + count * Math.max(26, Math.min(52, (width - 76) / columns)),
        x: { title: t('keys'), ticks: numbers(columns), write: column },
        y: {
          title: t('queries'), ticks: numbers(count), write: i => `q${index(i - 1)}`, range: () => [count + 0.5, 0.5],
        },
        series: [],
        over: cells(table),
        grips: squares(() => ({
          rows: count, columns: count, chosen: chosen(), choose, key: keyed,
          name: (i, j) => t('logitOf', i + 1, j + 1, pretty(logits()[i][j], 4)),
        })),
      });
      chart.frame.classList.add('gridless');
      chart.frame.dataset.chart = `attention-${name}`;
      return [name, { chart, caption: h('figcaption') }];
    }));
    figures.replaceChildren(...Object.values(plots).map(({ chart, caption }) => h('figure', {}, caption, chart.frame)));
  }

  // The slider of the chosen square's logit.
  function showLogit() {
    const [query, key] = chosen(), name = `s${index(query)}${index(key)}`;
    if (changing !== name || !logit) {
      changing = name;
      logit = slider({
        label: t('logitAt', name), name: 'logit', from: -reach, to: reach, step: 0.01, value: 0,
        input: number => Math.abs(number) <= 1e6 && (setLogit(number), true),
      });
      change.replaceChildren(logit.element);
    }
    logit.show(logits()[query][key]);
  }

  function showFacts() {
    const count = size(), [query, key] = chosen();
    const [ofQuery, number, ofShare, part] = library.AttentionVerdict(...asked(), query, key);
    const isEven = ['some', 'one', 'uniform'].includes(ofQuery);
    verdicts[0].textContent = t(`a_${ofQuery}`, query + 1, pretty(isEven ? Number(number) : 100 * Number(number), 3));
    verdicts[1].textContent = t(`s_${ofShare}`, shareName(), pretty(100 * Number(part), 3));
    verdicts[0].dataset.verdict = `a_${ofQuery}`;
    verdicts[1].dataset.verdict = `s_${ofShare}`;
    const row = shares[query], sum = row.slice(0, count).reduce((all, share) => all + (share || 0), 0);
    const exact = numbers => typeset(library.Write(numbers[query][key] || 0));
    readings.replaceChildren(...facts([
      [t('shareOf', shareName()), exact(shares), 'share-value'],
      [t('sumOf', query + 1), pretty(sum, 6), 'share-sum'],
      ...(row.length > count
        ? [/** @type {[string, string, string]} */ ([t('sinkOf'), pretty(row[count], 6), 'sink-share'])] : []),
      [t('ownSlope'), exact(slopes), 'own-slope'],
    ]));
  }

  function captionOf(name) {
    return name === 'slopes' ? t('slopesTitle', shareName()) : t(name);
  }

  function figure() {
    const settings = [
      `${t('scale')} ${pretty(state.number('scale'), 4)}`,
      `${t('temperature')} ${pretty(state.number('temperature'), 4)}`,
      ...(state.get('causal') ? [t('causal')] : []),
      ...['cap', 'sink'].filter(key => state.get(key) !== '').map(key => `${t(key)} ${pretty(state.number(key), 4)}`),
    ];
    return figureOf(t('attentionOf', settings.join(language() === 0 ? ', ' : '，')),
      Object.entries(plots).map(([name, { chart }]) => ({ chart, name: captionOf(name), key: [] })));
  }

  function csv() {
    const [query, key] = chosen(), heading = `query,key,logit,share,slope_of_share_${query + 1}_${key + 1}`;
    const rows = logits().flatMap((row, i) => row.map((value, j) =>
      [i + 1, j + 1, value, shares[i][j] || 0, slopes[i][j] || 0].join(',')));
    return `${heading}\n${rows.join('\n')}\n`;
  }

  return () => {
    const count = size(), now = `${count} ${state.get('sink') !== ''}`;
    compute();
    if (shape !== now) {
      shape = now;
      build();
    }
    scale.show(state.number('scale'));
    temperature.show(state.number('temperature'));
    cap.show();
    sink.show();
    causal.setAttribute('aria-pressed', String(state.get('causal') === '1'));
    fewer.disabled = count <= least;
    more.disabled = count >= most;
    showLogit();
    showFacts();
    for (const [name, { chart, caption }] of Object.entries(plots)) {
      caption.textContent = captionOf(name);
      chart.show([], 0.5, (name === 'logits' ? count : shares[0].length) + 0.5);
    }
  };
}
