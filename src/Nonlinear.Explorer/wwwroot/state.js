// All that a visitor can change, as flat texts, mirrored in the address: a link shows somebody else the same.
import { library, read as entryOf, spell } from './library.js';
import { addressOf, placeIn } from './tours.js';

/** The most steps of training that a link asks for: more would take too long to take again. */
export const mostSteps = 5000;

const anything = () => true;
const oneOf = (...words) => text => words.includes(text);
const number = (least, most) => text => text.trim() !== '' && Number(text) >= least && Number(text) <= most;
const whole = (least, most) => text => number(least, most)(text) && Number.isInteger(Number(text));
const listOf = (check, separator, least, most) => text => {
  const parts = text.split(separator).map(part => accept(check, part));
  return parts.length >= least && parts.length <= most && !parts.includes(null) && parts.join(separator);
};

// The axis of y of one chart: f,-1,2.
const stretch = text => {
  const [kind, low, high, ...rest] = text.split(',');
  const isEnd = number(-1e30, 1e30);
  const isStretch = isEnd(low ?? '') && isEnd(high ?? '') && Number(low) < Number(high);
  return isStretch && rest.length === 0 && ['f', 'd', 'c', 'g'].includes(kind);
};

// A function by any of its names becomes its own.
const spelled = (...shapes) => text => {
  const [spelling] = library.Spell(text);
  return spelling !== '' && shapes.includes(entryOf(spelling).entry.shape) && spelling;
};

// Where gates and values lie is for one tensor; the page has them apart.
const unit = text => {
  const spelling = spelled('gated')(text);
  if (spelling === false)
    return false;
  const { entry, values } = entryOf(spelling);
  return spell(entry, values);
};

// Logits of two to eight queries and as many keys, query by query.
const matrix = text => {
  const size = text.split(';').length;
  return listOf(listOf(number(-1e6, 1e6), ',', size, size), ';', 2, 8)(text);
};

// A place in a tour; its name alone is its first step.
const onTour = text => {
  const place = placeIn(text);
  return text === '' || place !== null && addressOf(place.tour, place.number);
};

/**
 * What a check makes of a text: the text, what it stands for, or nothing.
 * @param {(text: string) => boolean | string} check
 * @param {string} text
 * @returns {string | null}
 */
function accept(check, text) {
  const found = check(text);
  return found === false ? null : found === true ? text : found;
}

/**
 * For each key what it is unless told otherwise, and what else it may be: a link can hold anything.
 * @type {Record<string, [usual: string, check: (text: string) => boolean | string]>}
 */
const keys = {
  tour: ['', onTour],
  tab: ['explore', oneOf(
    'explore', 'understand', 'numerics', 'depth', 'learn', 'softmax', 'attention', 'maxout', 'gates')],
  lang: ['', anything],
  theme: ['', anything],
  f: ['sigmoid;tanh;relu;gelu', text => text === '' || listOf(spelled('elementwise'), ';', 1, 200)(text)],
  slots: ['', text => text === '' || listOf(whole(0, 999), ',', 1, 200)(text)],
  show: ['f,d', text => text === '' || listOf(oneOf('f', 'd', 'c', 'g'), ',', 1, 4)(text)],
  from: ['-6', number(-1e6, 1e6)],
  to: ['6', number(-1e6, 1e6)],
  y: ['', text => text === '' || listOf(stretch, ';', 1, 4)(text)],
  log: ['', oneOf('', '1')],
  at: ['', text => text === '' || number(-1e6, 1e6)(text)],
  tangent: ['', oneOf('', '1')],
  focus: ['sigmoid', spelled('elementwise', 'vector', 'pooled', 'gated')],
  rival: ['gelu', text => {
    const spelling = spelled('elementwise', 'vector')(text);
    return spelling && library.CanContest(spelling) && spelling;
  }],
  rivalOf: ['f', oneOf('f', 'd', 'h')],
  rivalFrom: ['-8', number(-1e6, 1e6)],
  rivalTo: ['4', number(-1e6, 1e6)],
  stack: ['sigmoid', spelled('elementwise')],
  layers: ['12', whole(1, 100)],
  width: ['64', oneOf('16', '32', '64', '128', '256')],
  init: ['lecun', oneOf('lecun', 'he', 'xavier')],
  gain: ['1', number(0.001, 100)],
  seed: ['1', whole(-1e6, 1e6)],
  vector: ['softmax', spelled('vector')],
  inputs: ['2,1,0,-1', listOf(number(-1e6, 1e6), ',', 2, 8)],
  temperature: ['1', number(0.001, 1e6)],
  unit: ['swiglu', unit],
  gate: ['1.5', number(-1e6, 1e6)],
  value: ['2', number(-1e6, 1e6)],
  surface: ['y', oneOf('y', 'g', 'v')],
  scores: ['2,1,0,-1,0;1,3,0,1,-1;0,2,2,0,1;-1,0,1,4,0;1,0,-1,1,2', matrix],
  scale: ['1', number(0.001, 1000)],
  causal: ['', oneOf('', '1')],
  cap: ['', text => text === '' || number(0.001, 1e6)(text)],
  sink: ['', text => text === '' || number(-1e3, 1e3)(text)],
  share: ['1,0', listOf(whole(0, 7), ',', 2, 2)],
  points: ['circles', oneOf('circles', 'moons', 'spirals', 'xor', 'clouds')],
  trained: ['relu', spelled('elementwise')],
  trainLayers: ['2', whole(1, 5)],
  trainWidth: ['6', whole(1, 8)],
  optimiser: ['adam', oneOf('adam', 'sgd')],
  rate: ['0.03', oneOf('0.001', '0.003', '0.01', '0.03', '0.1', '0.3', '1')],
  draw: ['1', whole(-1e6, 1e6)],
  steps: ['0', whole(0, mostSteps)],
  pieces: ['-1.5,-1;0.2,0;1.2,-0.5', listOf(listOf(number(-1e6, 1e6), ',', 2, 2), ';', 2, 6)],
};

// Of these each part stands for itself.
const lists = ['f'];

// Two ends that only make sense together.
const ranges = [['from', 'to'], ['rivalFrom', 'rivalTo']];

const defaults = Object.fromEntries(Object.entries(keys).map(([key, [value]]) => [key, value]));

// Kept out of the address unless a link brought them: they are the reader's taste, not what is shown.
const personal = ['lang', 'theme'];

// What is a step that Back undoes: another panel, another function. What a slider does is not; it stays with the step
// it belongs to.
const steps = ['tour', 'tab', 'f', 'focus', 'rival', 'stack', 'vector', 'unit', 'trained', 'points'];
const stepOf = values => steps.map(key => values[key].replace(/\([^()]*=[^()]*\)(?=[;)]|$)/g, '')).join('|');

/**
 * What is shown unless the address says otherwise: what is usual, or what the step of a tour shows.
 * @param {string} tour
 * @returns {Record<string, string>}
 */
function usualAt(tour) {
  const place = placeIn(tour);
  return place ? { ...defaults, ...Object.fromEntries(new URLSearchParams(place.step.link)), tour } : defaults;
}

/** @type {Set<(changed: Set<string>) => void>} */
const listeners = new Set();
/** @type {{ key: string, text: string }[]} */
let refused = [];
let values = read();
/** @type {Set<string>} */
let pending = new Set();
let written = 0;

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  refused = [];
  const usual = usualAt(readOne('tour', asked.get('tour') ?? '', ''));
  const found = { ...usual };
  for (const key of Object.keys(keys)) {
    if (key !== 'tour' && asked.has(key))
      found[key] = readOne(key, asked.get(key), usual[key]);
  }
  for (const [from, to] of ranges) {
    if (Number(found[from]) < Number(found[to]))
      continue;
    refused.push({ key: `${from} … ${to}`, text: `${found[from]} … ${found[to]}` });
    [found[from], found[to]] = [usual[from], usual[to]];
  }
  return found;
}

// One bad name in a list does not keep the others.
function readOne(key, text, usual) {
  const [, allows] = keys[key];
  const whole = accept(allows, text);
  if (whole !== null)
    return whole;
  if (!lists.includes(key)) {
    refused.push({ key, text });
    return usual;
  }
  const parts = text.split(';').filter(Boolean).map(part => [part, accept(allows, part)]);
  refused.push(...parts.filter(([, good]) => good === null).map(([part]) => ({ key, text: part })));
  return parts.map(([, good]) => good).filter(good => good !== null).join(';') || usual;
}

// What is not as usual. A link to a step of a tour needs to name the step alone.
function unusual() {
  const usual = { ...usualAt(values.tour), tour: '' };
  return Object.entries(values).filter(([key, value]) => value !== usual[key] && !personal.includes(key));
}

function write(push = false) {
  clearTimeout(written);
  const shown = unusual();
  // What stands in a query as it is, for links that can be read.
  const readable = text => encodeURIComponent(text)
    .replace(/%(2C|2F|3B|3D|28|29|20)/g, (code, hex) => hex === '20' ? '+' : decodeURIComponent(code));
  const hash = shown.map(([key, value]) => `${key}=${readable(value)}`).join('&');
  const address = hash ? `#${hash}` : location.pathname + location.search;
  if (push)
    history.pushState(null, '', address);
  else
    history.replaceState(null, '', address);
}

// Browsers refuse an address that changes too often; the figures do not wait for it.
function writeSoon() {
  clearTimeout(written);
  written = setTimeout(write, 150);
}

// With the next frame, unless the address tells them before.
function tellSoon(key) {
  if (pending.size === 0)
    requestAnimationFrame(() => { if (pending.size > 0) tell(); });
  pending.add(key);
}

function tell() {
  const changed = pending;
  pending = new Set();
  for (const listener of listeners)
    listener(changed);
}

/** @type {import('@page').State} */
export const state = {
  get: key => values[key],
  number: key => Number(values[key]),
  list: key => values[key].split(';').filter(Boolean),
  default: key => defaults[key],

  /** Changes values; listeners hear of it with the next frame, once for all changes. */
  set(changes) {
    const texts = Object.entries(changes)
      .map(([key, value]) => [key, String(value)])
      .filter(([key, text]) => values[key] !== text);
    const isStep = stepOf({ ...values, ...Object.fromEntries(texts) }) !== stepOf(values);
    refused = texts.length > 0 ? [] : refused;
    // The step that is left keeps what it showed last.
    if (isStep)
      write();
    for (const [key, text] of texts) {
      values[key] = text;
      tellSoon(key);
    }
    if (isStep)
      write(true);
    else
      writeSoon();
  },

  /** Shows the step of a tour at a place, and nothing of what was set before. */
  enter(tour) {
    const { lang, theme, ...shown } = usualAt(tour);
    state.set(shown);
    // Also if it is the step that was left by a slider: whoever shows it begins anew.
    tellSoon('tour');
  },

  /** Whether something else is shown than the step of a tour does by itself. */
  strays: () => unusual().some(([key]) => key !== 'tour'),

  /** What the address asked for and could not be shown: { key, text } each. */
  refused: () => refused,

  /** Calls back with the set of keys that changed. */
  listen: listener => listeners.add(listener),

  /** The address of what is shown now, taste included. */
  link() {
    write();
    const address = new URL(location.href);
    const hash = new URLSearchParams(address.hash.slice(1));
    hash.set('lang', document.documentElement.lang === 'en' ? 'en' : 'zh');
    address.hash = hash.toString();
    return address.href;
  },
};

// By Back and Forward, and by who edits the address; some browsers tell of the latter by one event, some by both.
function follow() {
  clearTimeout(written);
  const before = values, wrong = refused.length;
  values = read();
  pending = new Set(Object.keys(values).filter(key => values[key] !== before[key]));
  if (pending.size > 0 || refused.length + wrong > 0)
    tell();
}

addEventListener('popstate', follow);
addEventListener('hashchange', follow);
