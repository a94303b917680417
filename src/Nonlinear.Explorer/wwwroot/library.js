// The library: the exports of the compiled C#, and what was asked of the catalogue once.
import { dotnet } from './_framework/dotnet.js';
import { typeset } from './dom.js';

/**
 * The exports; there once start() has ended.
 * @type {import('@page').Library}
 */
export let library;

/**
 * The functions of the catalogue, in its order.
 * @type {import('@page').Entry[]}
 */
export let functions = [];

/** What is drawn of a function; from gradient on, the gradients by its parameters. */
export const quantity = { function: 0, derivative: 1, curvature: 2, gradient: 3 };

/** Starts the runtime. The marks tell what of the time until the first curve is the runtime's own. */
export async function start() {
  performance.mark('runtime begins');
  const { getAssemblyExports, getConfig, runMain } = await dotnet.create();
  performance.mark('runtime is there');
  const exports = await getAssemblyExports(getConfig().mainAssemblyName);
  await runMain();
  library = exports.Nonlinear.Explorer.Exports;
  functions = JSON.parse(library.Functions());
}

/** @type {Record<string, string[]> | null} */
let spellings = null;

/**
 * What frameworks call a function. They are asked for once, when somebody begins to search.
 * @param {string} name
 * @returns {string[]}
 */
export function spellingsOf(name) {
  const all = spellings ??= JSON.parse(library.Spellings());
  return all[name];
}

/**
 * A spelling such as swish(beta=1.5), taken apart: the function, and a value for each parameter.
 * @param {string} spelling
 * @returns {{ entry: import('@page').Entry, values: number[] }}
 */
export function read(spelling) {
  const [, name, rest = ''] = /^(.*?)(?:\(([^()]*=[^()]*)\))?$/.exec(spelling) ?? ['', spelling];
  const entry = functions.find(each => each.name === name) ?? typed(name);
  const given = new Map(rest.split(',').filter(part => part.includes('=')).map(part => {
    const [key, value] = part.split('=');
    return [key.trim(), value.trim()];
  }));
  return { entry, values: entry.parameters.map(parameter => Number(given.get(parameter.name) ?? parameter.default)) };
}

/** @type {Map<string, import('@page').Entry>} */
const own = new Map();

// A formula that somebody typed has an entry like those of the catalogue.
function typed(formula) {
  const entry = own.get(formula) ?? JSON.parse(library.Entry(formula));
  own.set(formula, entry);
  return entry;
}

/**
 * The canonical spelling of a function with values for its parameters.
 * @param {import('@page').Entry} entry
 * @param {number[]} values
 */
export function spell(entry, values) {
  const set = entry.parameters
    .map((parameter, i) => ({ ...parameter, value: values[i] }))
    .filter(({ value, default: usual }) => value !== usual)
    .map(({ name, value }) => `${name}=${value}`);
  return set.length > 0 ? `${entry.name}(${set.join(', ')})` : entry.name;
}

/**
 * Its parameters and their values: α = 1, β = 2.
 * @param {import('@page').Entry} entry
 * @param {number[]} values
 */
export function settings(entry, values) {
  return entry.parameters.map((parameter, i) => setting(parameter, values[i])).join(', ');
}

const setting = ({ symbol }, value) => typeset(`${symbol} = ${value}`);

/**
 * How a function is titled on the page: Swish, β = 1.5.
 * @param {string} spelling
 */
export function titleOf(spelling) {
  const { entry, values } = read(spelling);
  const set = entry.parameters
    .map((parameter, i) => ({ parameter, value: values[i] }))
    .filter(({ parameter, value }) => value !== parameter.default);
  return [entry.title, ...set.map(({ parameter, value }) => setting(parameter, value))].join(', ');
}

/**
 * A function with all its parameters, as a figure names it: Swish (β = 1), ReLU.
 * @param {string} spelling
 */
export function fullTitleOf(spelling) {
  const { entry, values } = read(spelling);
  return values.length > 0 ? `${entry.title} (${settings(entry, values)})` : entry.title;
}

/** @type {Map<string, { values: import('@page').Column, jumps: import('@page').Jump[] }>} */
const kept = new Map();

/**
 * A curve on the grid: values (null where it breaks) and jumps, kept until many others have been asked for.
 * @param {string} spelling
 * @param {number} what
 * @param {import('@page').Grid} grid
 */
export function curve(spelling, what, { from, to, count, kinks }) {
  const key = [spelling, what, from, to, count, kinks].join('|');
  let found = kept.get(key);
  if (!found) {
    if (kept.size > 300)
      kept.clear();
    found = curveOf(
      library.Values(spelling, what, from, to, count, kinks),
      values => library.Jumps(spelling, what, values, from, to, count, kinks));
    kept.set(key, found);
  }
  return found;
}

/** @type {{ key: string, grid: import('@page').Grid } | null} */
let lastGrid = null;

/**
 * The points at which functions are drawn together: evenly spaced, and about the kinks of each. The same again until
 * others are asked for.
 * @param {string[]} spellings
 * @param {number} from
 * @param {number} to
 * @param {number} count
 * @returns {import('@page').Grid}
 */
export function gridOf(spellings, from, to, count) {
  const kinks = library.Kinks(spellings), key = [from, to, count, kinks].join('|');
  if (lastGrid?.key !== key)
    lastGrid = { key, grid: { from, to, count, kinks, xs: library.Points(from, to, count, kinks) } };
  return lastGrid.grid;
}

// What is not finite is a gap; where there is one there may be a jump.
function curveOf(values, jumpsOf) {
  return {
    values: values.every(Number.isFinite) ? values : Array.from(values, value => Number.isFinite(value) ? value : null),
    jumps: values.some(Number.isNaN) ? inFours(jumpsOf(values)) : [],
  };
}

/** @type {Map<string, number[]>} */
const gateKinks = new Map();

/**
 * The points at which a gated unit is drawn over its gate, or over its value.
 * @param {string} spelling
 * @param {boolean} isOverGate
 * @param {number} from
 * @param {number} to
 * @param {number} count
 * @returns {import('@page').Grid}
 */
export function gateGrid(spelling, isOverGate, from, to, count) {
  const key = `${spelling}|${isOverGate}`, kinks = gateKinks.get(key) ?? library.GateKinks(spelling, isOverGate);
  // A slider makes a new spelling with every move.
  if (gateKinks.size > 100)
    gateKinks.clear();
  gateKinks.set(key, kinks);
  return { from, to, count, kinks, xs: library.Points(from, to, count, kinks) };
}

/**
 * A curve of a gated unit over its gate, with a value that stays, or the other way round.
 * @param {string} spelling
 * @param {number} what output, slope by the gate, slope by the value
 * @param {boolean} isOverGate
 * @param {number} other the number that stays
 * @param {import('@page').Grid} grid
 */
export const gateCurve = (spelling, what, isOverGate, other, { from, to, count, kinks }) => curveOf(
  library.GateValues(spelling, what, isOverGate, other, from, to, count, kinks),
  values => library.GateJumps(spelling, what, isOverGate, other, values, from, to, count, kinks));

function inFours(numbers) {
  const groups = [];
  for (let i = 0; i < numbers.length; i += 4)
    groups.push({ x: numbers[i], left: numbers[i + 1], right: numbers[i + 2], isLeft: numbers[i + 3] === 1 });
  return groups;
}
