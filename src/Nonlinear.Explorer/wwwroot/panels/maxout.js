// Maxout's affine pieces as lines to drag, and their envelope, computed by the library.
import { h, pretty, style } from '../dom.js';
import { t } from '../words.js';
import { library } from '../library.js';
import { button, plainButton, saveButtons, slider } from '../controls.js';
import { createChart } from '../plot/chart.js';
import { figureOf, save } from '../plot/figure.js';
import { follow, pointAt } from '../plot/gestures.js';
import { stroke, swatch } from '../palette.js';

const reach = 4, top = 6, most = 6, samples = 321;

const known = [
  ['ReLU', '0,0;1,0'],
  ['Leaky ReLU', '0.1,0;1,0'],
  ['|x|', '-1,0;1,0'],
  ['≈ x²', '-3,-2.25;-1,-0.25;0,0;1,-0.25;3,-2.25'],
];

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function maxout(root, state) {
  const xs = Array.from({ length: samples }, (_, i) => -reach + 2 * reach * i / (samples - 1));
  const place = h('figure', {});
  const sliders = h('div', { class: 'cards' });
  const pieces = () => state.list('pieces').map(piece => piece.split(',').map(Number));
  const written = piece => piece.map(number => Number(number.toFixed(3))).join(',');
  const set = all => state.set({ pieces: all.map(written).join(';') });
  const fewer = button(t('removePiece'), () => set(pieces().slice(0, -1)), { 'data-name': 'fewer-pieces' });
  const another = () => [0.5 * (-1) ** pieces().length, -1];
  const more = button(t('addPiece'), () => set([...pieces(), another()]), { 'data-name': 'more-pieces' });
  const tellMore = () => state.set({ tab: 'understand', focus: 'maxout' });
  root.append(
    h('p', { class: 'lead' }, t('maxoutLead')),
    h('div', { class: 'toolbar' },
      h('div', { class: 'group', role: 'group', 'aria-label': t('presets') },
        h('span', { class: 'quiet' }, t('presets')),
        known.map(([name, shape]) => button(name, () => state.set({ pieces: shape })))),
      h('div', { class: 'group' }, more, fewer, plainButton(t('more'), tellMore, { 'data-name': 'about' })),
      saveButtons(kind => save(kind, 'nonlinear-maxout', figure, csv))),
    place, sliders);

  /** @type {import('@page').Chart | undefined} */
  let chart;
  let lines = [], result = [];

  function build(count) {
    lines = Array.from({ length: count }, () => ({}));
    chart?.destroy();
    chart = createChart({
      name: t('envelope'),
      height: width => Math.max(280, Math.min(460, width * 0.6)),
      x: { title: 'x' },
      y: { title: 'y', range: () => [-top, top] },
      series: [
        { label: t('envelope'), colour: style('--ink'), width: 4.5 },
        ...lines.map((_, i) => ({ label: '', ...pieceStroke(i) })),
      ],
      grips,
    });
    chart.frame.dataset.chart = 'maxout';
    place.replaceChildren(chart.frame);
    sliders.replaceChildren(...lines.map((each, i) => {
      const slope = slider({
        label: t('slope'),
        name: `slope-${i}`,
        from: -4,
        to: 4,
        step: 0.01,
        value: 0,
        input: value => (change(i, [value, pieces()[i][1]]), true),
      });
      const offset = slider({
        label: t('offset'),
        name: `offset-${i}`,
        from: -5,
        to: 5,
        step: 0.01,
        value: 0,
        input: value => (change(i, [pieces()[i][0], value]), true),
      });
      each.share = h('span', { class: 'quiet' });
      each.slope = slope;
      each.offset = offset;
      return h('article', { class: 'card', style: `--own:${stroke(i).colour}` },
        h('header', {}, swatch(pieceStroke(i)), h('h2', {}, `${t('piece')}\u00a0${i + 1}`), each.share),
        slope.element,
        offset.element);
    }));
  }

  function change(i, piece) {
    set(pieces().map((old, place) => place === i ? piece : old));
  }

  const pieceStroke = i => ({ colour: stroke(i).colour, dash: [7, 5] });

  /**
   * What one takes a piece by: the line moves it, its knob turns it.
   * @type {import('@page').Draw}
   */
  function grips(layer, view) {
    const grasp = (shape, name, begin) => layer.selectAll(shape).data(pieces())
      .join(enter => enter.append(shape).attr('class', name).on('pointerdown', begin));
    grasp('line', 'grip', move)
      .attr('data-piece', (_, i) => i)
      .attr('x1', view.left).attr('x2', view.right)
      .attr('y1', ([slope, offset]) => view.y(offset - slope * reach))
      .attr('y2', ([slope, offset]) => view.y(offset + slope * reach));
    grasp('circle', 'knob', turn)
      .attr('data-knob', (_, i) => i).attr('fill', (_, i) => stroke(i).colour)
      .attr('cx', piece => view.x(knobOf(piece).x)).attr('cy', piece => view.y(knobOf(piece).y));
  }

  // Where the line is still in the picture.
  function knobOf([slope, offset]) {
    const x = slope === 0 ? 3 : Math.min(3, Math.max(0.6, ((slope > 0 ? top - 0.6 : -top + 0.6) - offset) / slope));
    return { x, y: Math.max(-top, Math.min(top, slope * x + offset)) };
  }

  // A line is moved as it was grasped: the point under the pointer stays under it.
  function move(event) {
    const i = Number(event.target.dataset.piece), [slope, offset] = pieces()[i], began = at(event);
    const grasp = began.y - (slope * began.x + offset);
    grasped(event, ({ x, y }) => change(i, [slope, y - grasp - slope * x]));
  }

  function turn(event) {
    const i = Number(event.target.dataset.knob), [, offset] = pieces()[i];
    grasped(event, ({ x, y }) => {
      const away = Math.abs(x) < 0.3 ? 0.3 * (x < 0 ? -1 : 1) : x;
      change(i, [Math.max(-6, Math.min(6, (y - offset) / away)), offset]);
    });
  }

  function grasped(event, work) {
    event.preventDefault();
    follow(event.target, event, moved => work(at(moved)));
  }

  const at = event => chart ? pointAt(chart, event) : { x: 0, y: 0 };

  /** @param {number[]} piece */
  const term = ([slope, offset]) => {
    const rest = offset === 0 ? '' : ` ${offset < 0 ? '−' : '+'} ${pretty(Math.abs(offset))}`;
    return slope === 0 ? pretty(offset) : `${slope === 1 ? '' : slope === -1 ? '−' : pretty(slope)}x${rest}`;
  };

  function figure() {
    const all = pieces().map(term);
    return figureOf(`max(${all.join(', ')})`, chart ? [{
      chart,
      name: t('envelope'),
      key: chart.options.series.map((series, i) => ({ ...series, label: i === 0 ? t('envelope') : all[i - 1] })),
    }] : []);
  }

  function csv() {
    const rows = xs.map((x, i) => [x, result[i], result[samples + i] + 1].join(','));
    return `x,maxout,winner\n${rows.join('\n')}\n`;
  }

  return () => {
    const all = pieces();
    if (lines.length !== all.length)
      build(all.length);
    fewer.disabled = all.length <= 2;
    more.disabled = all.length >= most;
    result = library.Envelope(all.map(piece => piece[0]), all.map(piece => piece[1]), xs);
    const shares = library.EnvelopeShares(all.map(piece => piece[0]), all.map(piece => piece[1]), -reach, reach);
    const straight = all.map(([slope, offset]) => xs.map(x => slope * x + offset));
    chart?.show([xs, result.slice(0, samples), ...straight], -reach, reach);
    all.forEach(([slope, offset], i) => {
      lines[i].slope.show(slope);
      lines[i].offset.show(offset);
      lines[i].share.textContent = t('wins', pretty(100 * shares[i], 3), pretty(-reach), reach);
    });
  };
}
