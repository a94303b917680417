// The library: the exports of the compiled C#, and what was asked of the catalogue once.
import { dotnet } from './_framework/dotnet.js';

/** The exports; there once start() has ended. */
export let library = null;

/** The functions of the catalogue, in its order. */
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

let spellings = null;

/** What frameworks call a function. They are asked for once, when somebody begins to search. */
export function spellingsOf(name) {
  spellings ??= JSON.parse(library.Spellings());
  return spellings[name];
}

/** A spelling such as swish(beta=1.5), taken apart: the function, and a value for each parameter. */
export function read(spelling) {
  const [, name, rest = ''] = /^(.*?)(?:\(([^()]*=[^()]*)\))?$/.exec(spelling);
  const entry = functions.find(each => each.name === name) ?? typed(name);
  const given = new Map(
    rest.split(',').filter(part => part.includes('=')).map(part => part.split('=').map(side => side.trim())));
  return { entry, values: entry.parameters.map(parameter => Number(given.get(parameter.name) ?? parameter.default)) };
}

const own = new Map();

// A formula that somebody typed has an entry like those of the catalogue.
function typed(formula) {
  if (!own.has(formula))
    own.set(formula, JSON.parse(library.Entry(formula)));
  return own.get(formula);
}

/** The canonical spelling of a function with values for its parameters. */
export function spell(entry, values) {
  const set = entry.parameters
    .map((parameter, i) => [parameter, values[i]])
    .filter(([parameter, value]) => value !== parameter.default)
    .map(([parameter, value]) => `${parameter.name}=${value}`);
  return set.length > 0 ? `${entry.name}(${set.join(', ')})` : entry.name;
}

/** Its parameters and their values: α = 1, β = 2. */
export function settings(entry, values) {
  return entry.parameters.map((parameter, i) => `${parameter.symbol} = ${values[i]}`.replace('-', '−')).join(', ');
}

/** How a function is titled on the page: Swish, β = 1.5. */
export function titleOf(spelling) {
  const { entry, values } = read(spelling);
  const set = entry.parameters.map((parameter, i) => [parameter, values[i]]).filter(([parameter, value]) => value !== parameter.default);
  return [entry.title, ...set.map(([parameter, value]) => `${parameter.symbol} = ${value}`)].join(', ');
}

const kept = new Map();

/** A curve on the grid: values (null where it breaks) and jumps, kept until many others have been asked for. */
export function curve(spelling, what, { from, to, count, kinks }) {
  const key = [spelling, what, from, to, count, kinks].join('|');
  let found = kept.get(key);
  if (!found) {
    if (kept.size > 300)
      kept.clear();
    const values = library.Values(spelling, what, from, to, count, kinks);
    const breaks = values.some(Number.isNaN);
    found = {
      values: breaks || !values.every(Number.isFinite) ? Array.from(values, value => Number.isFinite(value) ? value : null) : values,
      jumps: breaks ? inFours(library.Jumps(spelling, what, values, from, to, count, kinks)) : [],
    };
    kept.set(key, found);
  }
  return found;
}

/** The points at which functions are drawn together: evenly spaced, and about the kinks of each. */
export function gridOf(spellings, from, to, count) {
  const kinks = library.Kinks(spellings);
  return { from, to, count, kinks, xs: library.Points(from, to, count, kinks) };
}

function inFours(numbers) {
  const groups = [];
  for (let i = 0; i < numbers.length; i += 4)
    groups.push({ x: numbers[i], left: numbers[i + 1], right: numbers[i + 2], isLeft: numbers[i + 3] === 1 });
  return groups;
}
