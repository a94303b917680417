// A function's formulas, as the library gives them.
import { h } from './dom.js';
import { library } from './library.js';
import { place, text } from './words.js';

/**
 * Names and formulas for a list of them.
 * @param {string} spelling
 */
export function formulasOf(spelling) {
  /** @type {import('@page').FormulaEntry[]} */
  const all = JSON.parse(library.Formulas(spelling));
  return all.map(formula => {
    const value = h('div', { role: 'math', 'aria-label': formula.text });
    value.innerHTML = place() === 0 ? formula.mathML : formula.mathML.replaceAll('<mtext>else', '<mtext>其他');
    return h('div', {}, h('dt', {}, text(formula.name)), h('dd', {}, value));
  });
}
