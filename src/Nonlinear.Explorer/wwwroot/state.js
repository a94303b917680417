// All that a visitor can change, as flat texts, mirrored in the address: a link shows somebody else the same.
import { functions, library } from './library.js';

const anything = () => true;
const oneOf = (...words) => text => words.includes(text);
const number = (least, most) => text => text.trim() !== '' && Number(text) >= least && Number(text) <= most;
const whole = (least, most) => text => number(least, most)(text) && Number.isInteger(Number(text));
const listOf = (check, separator, least, most) => text => {
  const parts = text.split(separator).map(part => accept(check, part));
  return parts.length >= least && parts.length <= most && !parts.includes(null) && parts.join(separator);
};

// A function by any of its names becomes its own.
const spelled = (...shapes) => text => {
  const [spelling] = library.Spell(text);
  return spelling !== '' && shapes.includes(functions.find(entry => entry.name === spelling.split('(')[0]).shape) && spelling;
};

// What a check makes of a text: the text, what it stands for, or nothing.
function accept(check, text) {
  const found = check(text);
  return found === false ? null : found === true ? text : found;
}

// For each key what it is unless told otherwise, and what else it may be: a link can hold anything.
const keys = {
  tab: ['explore', oneOf('explore', 'understand', 'numerics', 'depth', 'softmax', 'maxout')],
  lang: ['', anything],
  theme: ['', anything],
  f: ['sigmoid;tanh;relu;gelu', text => text === '' || listOf(spelled('elementwise'), ';', 1, 200)(text)],
  show: ['f,d', text => text === '' || listOf(oneOf('f', 'd', 'c', 'g'), ',', 1, 4)(text)],
  from: ['-6', number(-1e6, 1e6)],
  to: ['6', number(-1e6, 1e6)],
  log: ['', oneOf('', '1')],
  focus: ['sigmoid', spelled('elementwise', 'vector', 'pooled')],
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
  pieces: ['-1.5,-1;0.2,0;1.2,-0.5', listOf(listOf(number(-1e6, 1e6), ',', 2, 2), ';', 2, 6)],
};

// Two ends that only make sense together.
const ranges = [['from', 'to'], ['rivalFrom', 'rivalTo']];

const defaults = Object.fromEntries(Object.entries(keys).map(([key, [value]]) => [key, value]));

// Kept out of the address unless a link brought them: they are the reader's taste, not what is shown.
const personal = ['lang', 'theme'];

const listeners = new Set();
let values = read();
let pending = new Set();
let written = 0;

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const found = Object.fromEntries(
    Object.entries(keys).map(([key, [value, allows]]) => [key, (asked.has(key) ? accept(allows, asked.get(key)) : null) ?? value]));
  for (const [from, to] of ranges) {
    if (Number(found[from]) >= Number(found[to]))
      [found[from], found[to]] = [defaults[from], defaults[to]];
  }
  return found;
}

function write() {
  const shown = Object.entries(values).filter(([key, value]) => value !== defaults[key] && !personal.includes(key));
  // What stands in a query as it is, for links that can be read.
  const readable = text => encodeURIComponent(text)
    .replace(/%(2C|3B|3D|28|29|20)/g, (code, hex) => hex === '20' ? '+' : decodeURIComponent(code));
  const hash = shown.map(([key, value]) => `${key}=${readable(value)}`).join('&');
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}

// Browsers refuse an address that changes too often; the figures do not wait for it.
function writeSoon() {
  clearTimeout(written);
  written = setTimeout(write, 150);
}

function tell() {
  const changed = pending;
  pending = new Set();
  for (const listener of listeners)
    listener(changed);
}

export const state = {
  get: key => values[key],
  number: key => Number(values[key]),
  list: key => values[key].split(';').filter(Boolean),
  default: key => defaults[key],

  /** Changes values; listeners hear of it with the next frame, once for all changes. */
  set(changes) {
    for (const [key, value] of Object.entries(changes)) {
      const text = String(value);
      if (values[key] === text)
        continue;
      values[key] = text;
      if (pending.size === 0)
        requestAnimationFrame(tell);
      pending.add(key);
    }
    writeSoon();
  },

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

addEventListener('hashchange', () => {
  const before = values;
  values = read();
  pending = new Set(Object.keys(values).filter(key => values[key] !== before[key]));
  if (pending.size > 0)
    tell();
});
