// A small network that learns before your eyes, by the library's own training kit.
import { h, pretty, style } from '../dom.js';
import { t } from '../words.js';
import { fullTitleOf, library } from '../library.js';
import { button, choice, facts, functionChoice, saveButtons, slider, toggle } from '../controls.js';
import { createChart } from '../plot/chart.js';
import { paint, scaled } from '../plot/field.js';
import { figureOf, save } from '../plot/figure.js';
import { keyEntry, outline } from '../palette.js';
import { mostSteps } from '../state.js';

const sets = ['circles', 'moons', 'spirals', 'xor', 'clouds'];
const rates = ['0.001', '0.003', '0.01', '0.03', '0.1', '0.3', '1'];
const settings = ['points', 'trainLayers', 'trainWidth', 'optimiser', 'rate', 'draw'];

// Of a frame, in ms: how long steps may take, so that the page answers meanwhile.
const budget = 12;
const readingsKept = 400;
const halves = [-1, -0.5, 0, 0.5, 1];

/**
 * Of the first kind of points and of the second; of a unit's answers below 0 and above.
 * @type {[string, string]}
 */
const colours = ['--curve-0', '--curve-1'];

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function learn(root, state) {
  const [side, reach] = library.LearnLayout();
  const whole = (key, label, from, to) => slider({
    label, name: key, from, to, step: 1, value: from,
    input: value => value >= from && value <= to && (state.set({ [key]: Math.round(value) }), true),
  });
  const chooser = functionChoice(state, 'trained', entry => entry.shape === 'elementwise');
  const data = choice({
    label: t('points'), name: 'points', options: sets.map(name => [name, t(`p_${name}`)]),
    input: value => state.set({ points: value }) });
  const layers = whole('trainLayers', t('hiddenLayers'), 1, 5);
  const width = whole('trainWidth', t('unitsOfEach'), 1, 8);
  const optimiser = choice({
    label: t('optimiser'), name: 'optimiser', options: [['adam', 'Adam'], ['sgd', t('sgd')]],
    input: value => state.set({ optimiser: value }) });
  const rate = choice({
    label: t('rate'), name: 'rate', options: rates.map(value => [value, value]),
    input: value => state.set({ rate: value }) });
  const pace = slider({ label: t('pace'), name: 'pace', from: 1, to: 20, step: 1, value: 1, input: value => {
    perFrame = Math.min(100, Math.max(1, Math.round(value)));
    return true;
  } });

  const play = toggle('', false, () => goal === null ? run(Infinity) : pause(), { 'data-name': 'train' });
  const once = button(t('oneStep'), () => run(steps + 1), { 'data-name': 'one-step' });
  const anew = button(t('restart'), () => { state.set({ steps: 0 }); begin(); }, { 'data-name': 'restart' });
  const other = button(
    t('otherDraw'), () => state.set({ draw: state.number('draw') + 1 }), { 'data-name': 'other-draw' });
  const verdict = h('p', { class: 'verdict-line', 'data-name': 'learning', role: 'status' });
  const readings = h('dl', { class: 'facts-row' });
  const colouring = h('canvas', { role: 'img', class: 'picture', 'data-name': 'surface', width: 480, height: 480 });
  const surface = createChart({
    name: t('surface'),
    height: width => width - 28,
    x: { title: 'x₁', ticks: halves },
    y: { title: 'x₂', ticks: halves, range: () => [-reach, reach] },
    series: [],
    picture: colouring,
    over: marks,
  });
  surface.frame.classList.add('square');
  const units = h('div', { class: 'units' });
  const gradients = h('figure', { class: 'gradients' });
  const loss = createChart({
    name: t('lossByStep'), height: 190, x: { title: t('steps'), whole: true }, y: { title: t('loss'), log: true },
    series: [{ label: t('loss'), colour: style('--curve-0') }] });
  loss.frame.dataset.chart = 'loss';
  root.append(
    h('p', { class: 'lead' }, t('learnLead')),
    h('div', { class: 'sheet controls' },
      [data, chooser, layers, width, optimiser, rate, pace].map(control => control.element)),
    h('div', { class: 'toolbar' }, h('div', { class: 'group' }, play, once, anew, other),
      saveButtons(kind => save(kind, 'nonlinear-learn', figure, csv))),
    h('div', { class: 'sheet judged' }, verdict, readings),
    h('div', { class: 'learning' },
      h('figure', {}, h('figcaption', {}, t('surface')), surface.frame,
        h('p', { class: 'key' }, kinds().map(keyEntry))),
      h('div', {},
        h('figure', {}, h('figcaption', {}, t('unitsTitle')), units, h('p', { class: 'help quiet' }, t('unitsNote'))),
        h('div', { class: 'sizes-and-loss' },
          gradients,
          h('figure', {}, h('figcaption', {}, t('lossByStep')), loss.frame)))));

  let points = [], cards = [], bars = [];
  let steps = 0, perFrame = 1, history = [], every = 1, last = NaN, sizes = [], diverged = false;
  // How many steps to go to, or null while it rests; whether the address tells all that led here.
  let goal = null, isTold = true, isAwaited = false;
  let begun = '', function_ = '', drawn = 0, cost = 0, pictures = 0;

  /** @returns {import('@page').KeyEntry[]} */
  function kinds() {
    return [
      { label: t('kindA'), colour: style(colours[0]), point: 'circle' },
      { label: t('kindB'), colour: style(colours[1]), point: 'triangle' },
    ];
  }

  function figure() {
    const [points, layers, width, optimiser, rate] = settings.map(state.get);
    const heading = t('learnOf', t(`p_${points}`), fullTitleOf(function_), layers, width,
      optimiser === 'adam' ? 'Adam' : t('sgd'), rate, steps);
    return figureOf(heading, [
      { chart: surface, name: t('surface'), key: kinds() },
      { chart: loss, name: t('lossByStep'), key: [] },
    ]);
  }

  const csv = () => `step,loss\n${history.map(row => row.join(',')).join('\n')}\n`;

  const setup = () => [...settings.map(key => state.get(key))].join('|');

  function begin() {
    const count = state.number('trainLayers'), units = state.number('trainWidth');
    begun = setup();
    function_ = state.get('trained');
    const isAdam = state.get('optimiser') === 'adam';
    points = library.LearnBegin(
      state.get('points'), count, units, function_, isAdam, state.number('rate'), state.number('draw'));
    [steps, history, every, last, sizes, diverged, isTold] = [0, [], 1, NaN, [], false, true];
    build(count, units);
    surface.show([], -reach, reach);
    picture(true);
    tell();
  }

  // One small picture for each unit, layer by layer.
  function build(count, size) {
    cards = [];
    units.replaceChildren(...Array.from({ length: count }, (_, layer) => h('div', { class: 'unit-row' },
      h('span', { class: 'quiet' }, `${t('layer')} ${layer + 1}`),
      Array.from({ length: size }, (_, unit) => {
        const canvas = h('canvas', { width: side, height: side, role: 'img' });
        const card = { canvas, layer: layer + 1, unit: unit + 1, element: h('span', { class: 'unit' }, canvas) };
        name(card, 0);
        cards.push(card);
        return card.element;
      }))));
    bars = Array.from({ length: count + 1 }, (_, layer) => {
      const fill = h('span', { class: 'bar-fill' }), value = h('span', { class: 'bar-value' }, '–');
      const label = layer === count ? t('outputLayer') : `${t('layer')} ${layer + 1}`;
      return { fill, value, element: h('div', { class: 'gradient-row' },
        h('span', {}, label), h('span', { class: 'bar-track' }, fill), value) };
    });
    gradients.replaceChildren(h('figcaption', {}, t('gradientSizes')), ...bars.map(bar => bar.element));
  }

  function name(card, flat) {
    const isDead = flat === 1;
    card.element.classList.toggle('dead', isDead);
    const words = t(isDead ? 'deadUnit' : 'unitName', card.layer, card.unit, pretty(100 * flat, 3));
    card.canvas.setAttribute('aria-label', words);
    card.element.title = words;
  }

  function run(to) {
    if (diverged)
      return;
    goal = to;
    tell();
    next();
  }

  function next() {
    if (!isAwaited)
      requestAnimationFrame(frame);
    isAwaited = true;
  }

  function pause() {
    goal = null;
    picture(true);
    tell();
    isTold &&= steps <= mostSteps;
    state.set({ steps: isTold ? steps : 0 });
  }

  // It waits while its panel is not in sight, and ends with it.
  function frame() {
    isAwaited = false;
    if (goal === null || !root.isConnected)
      return;
    if (!root.hidden) {
      // On the way to where a link leads nobody waits for pictures.
      const started = performance.now(), most = goal === Infinity ? perFrame : Infinity;
      for (let taken = 0; taken < most && steps < goal && !diverged && performance.now() - started < budget; taken++)
        step();
      if (steps >= goal || diverged) {
        pause();
        return;
      }
      picture(false);
    }
    next();
  }

  function step() {
    const [now, value, ...gradient] = library.LearnSteps(1);
    diverged = now === steps;
    [steps, sizes] = [now, gradient];
    if (diverged)
      return;
    last = value;
    if (steps % every === 0)
      history.push([steps, value]);
    // Of a long run every second, fourth, … step is kept.
    if (history.length > readingsKept) {
      every *= 2;
      history = history.filter(([at]) => at % every === 0);
    }
  }

  // What is drawn takes a third of the time at most, so that a slow machine learns as fast as it can.
  function picture(isWanted) {
    const started = performance.now();
    if (!isWanted && started - drawn < 2 * cost)
      return;
    const numbers = library.LearnPicture(), each = side * side;
    const part = i => numbers.slice(i * each, (i + 1) * each);
    paint(colouring, part(0).map(probability => 2 * probability - 1), ...colours);
    cards.forEach((card, i) => paint(card.canvas, scaled(part(i + 1)), ...colours));
    if (isWanted || pictures++ % 4 === 0) {
      const [right, ...flat] = library.LearnUnits();
      cards.forEach((card, i) => name(card, flat[i]));
      told = { right, dead: flat.filter(share => share === 1).length };
    }
    colouring.setAttribute('aria-label', t('surfaceName', pretty(100 * told.right, 3)));
    showFacts();
    drawn = performance.now();
    cost = drawn - started;
  }

  let told = { right: 0, dead: 0 };

  function showFacts() {
    readings.replaceChildren(...facts([
      [t('steps'), String(steps), 'learn-steps'],
      [t('loss'), Number.isNaN(last) ? '–' : pretty(last, 3), 'learn-loss'],
      [t('rightShare'), `${pretty(100 * told.right, 3)} %`, 'learn-right'],
      [t('deadUnits'), `${told.dead} / ${cards.length}`, 'learn-dead'],
    ]));
    bars.forEach(({ fill, value }, i) => {
      const size = sizes[i];
      value.textContent = size === undefined ? '–' : pretty(size, 2);
      fill.style.width = size > 0 ? `${Math.min(100, Math.max(1, (Math.log10(size) + 8) / 8 * 100))}%` : '0';
    });
    const losses = history.map(([, value]) => value > 0 ? value : null);
    loss.show([history.map(([at]) => at), losses], 0, Math.max(20, steps));
  }

  // Said when it begins and when it rests, not at every step: who listens would hear nothing else.
  function tell() {
    const isRunning = goal !== null;
    play.textContent = isRunning ? `❚❚ ${t('pause')}` : `▶ ${t('train')}`;
    play.setAttribute('aria-pressed', String(isRunning));
    play.disabled = diverged;
    once.disabled = diverged || isRunning;
    verdict.dataset.verdict = diverged ? 'v_explodes' : '';
    verdict.textContent = diverged ? t('l_diverged', steps)
      : isRunning ? t('l_running')
      : steps === 0 ? t('l_fresh')
      : t('l_rests', steps, pretty(100 * told.right, 3), told.dead, cards.length);
  }

  /**
   * The points of the data: each kind has a colour and a shape.
   * @type {import('@page').Draw}
   */
  function marks(layer, view) {
    const looks = kinds(), all = Array.from({ length: points.length / 3 }, (_, i) => points.slice(3 * i, 3 * i + 3));
    layer.selectAll('path').data(all).join('path').attr('class', 'point')
      .attr('d', ([, , kind]) => outline(looks[kind].point, kind === 0 ? 70 : 62))
      .attr('fill', ([, , kind]) => looks[kind].colour)
      .attr('transform', ([x, y]) => `translate(${view.x(x).toFixed(1)},${view.y(y).toFixed(1)})`);
  }

  return changed => {
    chooser.show();
    data.show(state.get('points'));
    layers.show(state.number('trainLayers'));
    width.show(state.number('trainWidth'));
    optimiser.show(state.get('optimiser'));
    rate.show(state.get('rate'));
    pace.show(perFrame);
    // A step of a tour is shown from its beginning.
    const isLed = state.get('tour') !== '' && Boolean(changed?.has('tour'));
    if (begun !== setup() || isLed) {
      // What a link led to ends with its settings.
      if (begun !== '' && state.number('steps') > 0 && !changed?.has('steps') && !isLed)
        state.set({ steps: 0 });
      goal = isLed ? null : goal;
      begin();
    } else if (function_ !== state.get('trained')) {
      function_ = state.get('trained');
      isTold = steps === 0;
      library.LearnSwitch(function_);
      // Loss and gradients are those of a step, and none has been taken with this function.
      [last, sizes, diverged] = [NaN, [], false];
      if (!isTold)
        state.set({ steps: 0 });
      picture(true);
      tell();
    } else if (changed?.has('steps') && goal === null && isTold && state.number('steps') < steps) {
      begin();
    }
    const isAsked = changed === null || isLed || changed.has('steps') || changed.has('tab');
    if (isTold && goal === null && state.number('steps') > steps && isAsked)
      run(state.number('steps'));
  };
}
