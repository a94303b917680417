// Controls that several panels use: a slider with its number, the sliders of a function, a choice.
import { h } from './dom.js';
import { text, t } from './words.js';
import { functions, library, read, spell } from './library.js';

let count = 0;

/**
 * A button.
 * @param {string} words
 * @param {(event: any) => void} click
 * @param {import('@page').Attributes} attributes
 */
export const button = (words, click, attributes = {}) => h('button', { type: 'button', click, ...attributes }, words);

/** One that stands among words, as a link does. */
export const plainButton = (words, click, attributes = {}) => button(words, click, { class: 'plain', ...attributes });

/**
 * Numbers with their names, for a list of them; a name of the page's own is for who looks for one.
 * @param {[name: string, value: string, own?: string][]} entries
 */
export const facts = entries => entries.map(([name, value, own]) =>
  h('div', {}, h('dt', {}, name), h('dd', { 'data-name': own ?? null }, value)));

/**
 * The head of a table.
 * @param {string[]} columns
 */
export const tableHead = columns =>
  h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col' }, column))));

/**
 * A slider and a field for the same number; the field takes any number that is allowed, also beyond the slider's ends.
 * @param {object} options
 * @param {string} options.label
 * @param {string} [options.title]
 * @param {number} options.from
 * @param {number} options.to
 * @param {number} [options.step]
 * @param {number} options.value
 * @param {string} [options.name]
 * @param {import('@page').Input} options.input
 * @returns {import('@page').Control<number>}
 */
export function slider({ label, title, from, to, step, value, name, input }) {
  const id = `slider-${count++}`;
  const range = h('input', { type: 'range', id, min: from, max: to, step: step ?? 'any', 'data-name': name, title });
  const field = h('input', {
    type: 'number', step: 'any', 'aria-label': label, 'data-name': name ? `${name}-field` : null,
  });
  const line = h('div', { class: 'slider' },
    h('label', { for: id, title }, label),
    playButton(label, from, to, number => move(number)),
    range,
    field);
  const show = number => {
    range.value = String(number);
    range.setAttribute('aria-valuetext', String(number));
    if (document.activeElement !== field)
      field.value = String(number);
  };
  range.addEventListener('input', () => move(Number(range.value)));

  function move(number) {
    range.value = String(number);
    field.value = String(tidy(Number(range.value), from, to));
    input(Number(field.value));
  }

  field.addEventListener('change', () => {
    const number = Number(field.value);
    const kept = field.value !== '' && Number.isFinite(number) ? input(number) : false;
    field.setAttribute('aria-invalid', kept === false ? 'true' : 'false');
  });
  show(value);
  return { element: line, show };
}

const sweep = 5000;

/**
 * A button that moves a number from one end to the other and back, again and again, until it is pressed again.
 * @param {string} label
 * @param {number} from
 * @param {number} to
 * @param {(number: number) => void} move
 */
export function playButton(label, from, to, move) {
  /** @type {number | null} */
  let began = null;
  const play = button('▶', turn, { class: 'play', 'aria-pressed': 'false', 'data-name': 'play' });
  name();

  function turn() {
    began = began === null ? performance.now() : null;
    name();
    if (began !== null)
      requestAnimationFrame(step);
  }

  // It ends with its panel, and waits while that is not in sight.
  function step(now) {
    if (began === null || !play.isConnected)
      return;
    if (play.offsetParent !== null) {
      const part = (now - began) / sweep % 2, share = part < 1 ? part : 2 - part;
      move(from + (to - from) * Math.max(0, share));
    }
    requestAnimationFrame(step);
  }

  function name() {
    const does = t(began === null ? 'play' : 'pause');
    play.textContent = began === null ? '▶' : '❚❚';
    play.setAttribute('aria-pressed', String(began !== null));
    play.setAttribute('aria-label', `${does}: ${label}`);
    play.title = does;
  }

  return play;
}

// As many digits as a slider's position can tell.
function tidy(number, from, to) {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(to - from)));
  return Number(number.toFixed(Math.min(digits, 12)));
}

/**
 * The sliders of a function's parameters.
 * @param {string} spelling
 * @param {(spelling: string) => void} change
 * @returns {import('@page').Control<string>}
 */
export function parameters(spelling, change) {
  let current = spelling;
  const { entry } = read(spelling);
  const sliders = entry.parameters.map((parameter, i) => slider({
    label: parameter.symbol,
    title: text(parameter.meaning),
    name: parameter.name,
    from: parameter.from,
    to: parameter.to,
    step: parameter.integer ? 1 : undefined,
    value: read(spelling).values[i],
    input(number) {
      const values = read(current).values.map((old, place) => place === i ? number : old);
      const [accepted] = library.Spell(spell(entry, values));
      if (accepted === '')
        return false;
      current = accepted;
      change(accepted);
      return true;
    },
  }));
  const element = h('div', { class: 'parameters' }, sliders.map(each => each.element));
  return {
    element,
    show(now) {
      current = now;
      read(now).values.forEach((value, i) => sliders[i].show(value));
    },
  };
}

/**
 * A function to choose, with its sliders; the state's key holds the spelling.
 * @param {Pick<import('@page').State, 'get' | 'set'>} state
 * @param {string} key
 * @param {(entry: import('@page').Entry) => boolean} accepts
 * @param {object} words
 * @param {string} [words.label]
 * @param {string} [words.name]
 * @param {string} [words.none] what stands for no function, if there may be none
 */
export function functionChoice(state, key, accepts, { label = t('function'), name = 'function', none } = {}) {
  const id = `choice-${count++}`;
  const choice = h('select', { id, 'data-name': name, change: () => state.set({ [key]: choice.value }) },
    none === undefined ? [] : [h('option', { value: '' }, none)],
    functions.filter(accepts).map(entry => h('option', { value: entry.name }, entry.title)));
  const place = h('div');
  /** @type {import('@page').Control<string> | undefined} */
  let sliders;
  let shown = '';
  return {
    element: h('div', { class: 'choice' }, h('label', { for: id }, label), choice, place),
    show() {
      const spelling = state.get(key);
      if (spelling === '') {
        choice.value = shown = '';
        place.replaceChildren();
        return;
      }
      const { entry } = read(spelling);
      if (![...choice.options].some(option => option.value === entry.name))
        choice.append(h('option', { value: entry.name }, entry.title));
      choice.value = entry.name;
      if (shown !== entry.name) {
        shown = entry.name;
        sliders = parameters(spelling, accepted => state.set({ [key]: accepted }));
        place.replaceChildren(sliders.element);
      }
      sliders?.show(spelling);
    },
  };
}

/**
 * A choice among words.
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.name
 * @param {string[][]} options.options values and their words
 * @param {(value: string) => void} options.input
 * @returns {import('@page').Control<string>}
 */
export function choice({ label, name, options, input }) {
  const id = `choice-${count++}`;
  const select = h('select', { id, 'data-name': name, change: () => input(select.value) },
    options.map(([value, word]) => h('option', { value }, word)));
  return {
    element: h('div', { class: 'choice' }, h('label', { for: id }, label), select),
    show: value => { select.value = value; },
  };
}

/** A button that is down or up. */
export const toggle = (label, down, press, attributes = {}) =>
  button(label, press, { class: 'toggle', 'aria-pressed': String(down), ...attributes });

/** Buttons for the ways to save a figure. */
export function saveButtons(save) {
  return h('div', { class: 'group', role: 'group', 'aria-label': t('save') },
    h('span', { class: 'quiet', 'aria-hidden': 'true' }, t('save')),
    ['SVG', 'PNG', 'CSV'].map(kind => button(kind, () => save(kind), { 'data-save': kind.toLowerCase() })));
}
