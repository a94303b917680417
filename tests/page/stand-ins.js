// In place of a browser and of the compiled library, as much of each as the state of the page needs.
import { register } from 'node:module';

const loader = `
  export function resolve(specifier, context, next) {
    return specifier.endsWith('_framework/dotnet.js')
      ? { url: '${new URL('dotnet.js', import.meta.url)}', shortCircuit: true }
      : next(specifier, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(loader)}`);

const heard = new Map();
const page = new URL('http://page/');

/** Lets the page's listeners hear of an event. */
export const happens = name => { for (const listener of heard.get(name) ?? []) listener(); };

/** The addresses that Back leads to, the last one first. */
export const past = [];

const go = address => { page.href = new URL(address, page).href; };

Object.assign(globalThis, {
  location: page,
  document: { documentElement: { lang: 'en' } },
  addEventListener: (name, listener) => heard.set(name, [...heard.get(name) ?? [], listener]),
  requestAnimationFrame: work => { setTimeout(work); },
  history: {
    pushState(state, title, address) { past.unshift(page.href); go(address); },
    replaceState(state, title, address) { go(address); },
  },
});
