// All that a visitor can change, as flat texts, mirrored in the address: a link shows somebody else the same.
const defaults = {
  tab: 'explore',
  lang: '',
  theme: '',
  f: 'sigmoid;tanh;relu;gelu',
  show: 'f,d',
  from: '-6',
  to: '6',
  log: '',
  focus: 'sigmoid',
  rival: 'gelu',
  rivalOf: 'f',
  rivalFrom: '-8',
  rivalTo: '4',
  stack: 'sigmoid',
  layers: '12',
  width: '64',
  init: 'lecun',
  gain: '1',
  seed: '1',
  vector: 'softmax',
  inputs: '2,1,0,-1',
  temperature: '1',
  pieces: '-1.5,-1;0.2,0;1.2,-0.5',
};

// Kept out of the address unless a link brought them: they are the reader's taste, not what is shown.
const personal = ['lang', 'theme'];

const listeners = new Set();
let values = read();
let pending = new Set();
let written = 0;

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(Object.keys(defaults).map(key => [key, asked.get(key) ?? defaults[key]]));
}

function write() {
  const shown = Object.entries(values).filter(([key, value]) => value !== defaults[key] && !personal.includes(key));
  const hash = shown.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%(2C|3B|3D|28|29|20)/g, (code, hex) => hex === '20' ? '+' : decodeURIComponent(code))}`).join('&');
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
