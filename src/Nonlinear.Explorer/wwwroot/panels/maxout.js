// Maxout's affine pieces as lines to drag, and their envelope, computed by the library.
import { h, pretty, style, svg } from '../dom.js';
import { t } from '../words.js';
import { library } from '../library.js';
import { saveButtons, slider } from '../controls.js';
import { figureOf, save } from '../figure.js';
import { ticks } from '../scales.js';
import { stroke, swatch } from '../palette.js';

const width = 820, height = 440, reach = 4, top = 6, most = 6, samples = 321;

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
  const px = x => (x + reach) / (2 * reach) * width, py = y => height / 2 - y / top * height / 2;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, class: 'maxout-drawing', role: 'group', 'aria-label': t('envelope') });
  const sliders = h('div', { class: 'cards' });
  const pieces = () => state.list('pieces').map(piece => piece.split(',').map(Number));
  const set = all => state.set({ pieces: all.map(piece => piece.map(number => Number(number.toFixed(3))).join(',')).join(';') });
  const fewer = h('button', { type: 'button', 'data-name': 'fewer-pieces', click: () => set(pieces().slice(0, -1)) }, t('removePiece'));
  const another = () => [0.5 * (-1) ** pieces().length, -1];
  const more = h('button', { type: 'button', 'data-name': 'more-pieces', click: () => set([...pieces(), another()]) }, t('addPiece'));
  const tellMore = () => state.set({ tab: 'understand', focus: 'maxout' });
  root.append(
    h('p', { class: 'lead' }, t('maxoutLead')),
    h('div', { class: 'toolbar' },
      h('div', { class: 'group', role: 'group', 'aria-label': t('presets') },
        h('span', { class: 'quiet' }, t('presets')),
        known.map(([name, shape]) => h('button', { type: 'button', click: () => state.set({ pieces: shape }) }, name))),
      h('div', { class: 'group' }, more, fewer,
        h('button', { type: 'button', class: 'plain', 'data-name': 'about', click: tellMore }, t('more'))),
      saveButtons(kind => save(kind, 'nonlinear-maxout', figure, csv))),
    h('figure', {}, drawing), sliders);

  /** @type {SVGPathElement | undefined} */
  let envelope;
  let lines = [], result = [];

  function build(count) {
    drawing.replaceChildren();
    for (const x of ticks(-reach, reach, 8))
      drawing.append(
        svg('line', { x1: px(x), x2: px(x), y1: 0, y2: height, class: x === 0 ? 'zero' : 'grid' }),
        svg('text', { x: px(x) + 4, y: height - 6 }, text(pretty(x))));
    for (const y of ticks(-top, top, 6))
      drawing.append(
        svg('line', { x1: 0, x2: width, y1: py(y), y2: py(y), class: y === 0 ? 'zero' : 'grid' }),
        ...(y === 0 || Math.abs(y) === top ? [] : [svg('text', { x: 4, y: py(y) - 4 }, text(pretty(y)))]));
    envelope = svg('path', { class: 'envelope' });
    drawing.append(envelope);
    lines = Array.from({ length: count }, (_, i) => {
      const colour = stroke(i).colour;
      const line = svg('line', { class: 'piece', stroke: colour });
      const grip = svg('line', { class: 'grip', 'data-piece': i });
      const knob = svg('circle', { r: 8, class: 'knob', fill: colour, 'data-knob': i });
      drag(grip, (x, y, started) => {
        const [slope] = started;
        change(i, [slope, y - slope * x]);
      }, i, true);
      drag(knob, (x, y) => {
        const [, offset] = pieces()[i];
        change(i, [Math.max(-6, Math.min(6, (y - offset) / (Math.abs(x) < 0.3 ? 0.3 * (x < 0 ? -1 : 1) : x))), offset]);
      }, i, false);
      drawing.append(line, grip, knob);
      return { line, grip, knob };
    });
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
        h('header', {}, swatch({ ...stroke(i), dash: [7, 5] }), h('h2', {}, `${t('piece')} ${i + 1}`), each.share),
        slope.element,
        offset.element);
    }));
  }

  function change(i, piece) {
    set(pieces().map((old, place) => place === i ? piece : old));
  }

  const text = words => document.createTextNode(words);

  // A line is moved as it was grasped: the point under the pointer stays under it.
  function drag(target, move, i, keepsGrasp) {
    target.addEventListener('pointerdown', event => {
      event.preventDefault();
      target.setPointerCapture(event.pointerId);
      const started = pieces()[i], grasp = keepsGrasp ? at(event).y - (started[0] * at(event).x + started[1]) : 0;
      const follow = moved => {
        const point = at(moved);
        move(point.x, point.y - grasp, started);
      };
      target.addEventListener('pointermove', follow);
      target.addEventListener('pointerup', () => target.removeEventListener('pointermove', follow), { once: true });
      target.addEventListener('pointercancel', () => target.removeEventListener('pointermove', follow), { once: true });
    });
  }

  function at(event) {
    const box = drawing.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width * 2 * reach - reach, y: (0.5 - (event.clientY - box.top) / box.height) * 2 * top };
  }

  function figure() {
    const all = pieces();
    return figureOf('Maxout', [{
      title: t('envelope'), from: -reach, to: reach, low: -top, high: top, log: false, xs, marks: [],
      series: [
        ...all.map(([slope, offset], i) => ({
          label: `${slope}x ${offset < 0 ? '−' : '+'} ${Math.abs(offset)}`,
          colour: stroke(i).colour,
          dash: [6, 4],
          ys: xs.map(x => slope * x + offset),
        })),
        { label: t('envelope'), colour: style('--ink'), dash: [], ys: Array.from(result.slice(0, samples)) },
      ],
    }], 420);
  }

  const csv = () => `x,maxout,winner\n${xs.map((x, i) => [x, result[i], result[samples + i] + 1].join(',')).join('\n')}\n`;

  return () => {
    const all = pieces();
    if (lines.length !== all.length)
      build(all.length);
    fewer.disabled = all.length <= 2;
    more.disabled = all.length >= most;
    result = library.Envelope(all.map(piece => piece[0]), all.map(piece => piece[1]), xs);
    const shares = library.EnvelopeShares(all.map(piece => piece[0]), all.map(piece => piece[1]), -reach, reach);
    envelope?.setAttribute('d', `M${xs.map((x, i) => `${px(x).toFixed(1)} ${py(result[i]).toFixed(1)}`).join('L')}`);
    all.forEach(([slope, offset], i) => {
      const { line, grip, knob } = lines[i];
      for (const drawn of [line, grip]) {
        drawn.setAttribute('x1', 0);
        drawn.setAttribute('x2', width);
        drawn.setAttribute('y1', py(slope * -reach + offset));
        drawn.setAttribute('y2', py(slope * reach + offset));
      }
      // The knob sits where the line is still in the picture.
      const x = slope === 0 ? 3 : Math.min(3, Math.max(0.6, ((slope > 0 ? top - 0.6 : -top + 0.6) - offset) / slope));
      knob.setAttribute('cx', px(x));
      knob.setAttribute('cy', py(Math.max(-top, Math.min(top, slope * x + offset))));
      lines[i].slope.show(slope);
      lines[i].offset.show(offset);
      lines[i].share.textContent = t('wins', pretty(100 * shares[i], 3), pretty(-reach), reach);
    });
  };
}
