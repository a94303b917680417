// The list of functions: search as you type, grouped by family, any number chosen.
import { button } from './controls.js';
import { h } from './dom.js';
import { functions, library, read, spellingsOf } from './library.js';
import { add, remove, shown } from './selection.js';
import { stroke, swatch } from './palette.js';
import { t, text } from './words.js';

/** @param {import('@page').State} state */
export function picker(state) {
  const search = h(
    'input',
    {
      type: 'search', id: 'search', placeholder: t('searchShort'), 'aria-label': t('search'), autocomplete: 'off',
      input: filter, focus: prepare,
    });
  const nothing = h('p', { class: 'quiet', hidden: true, role: 'status' }, t('nothingFound'));
  /** @typedef {{ line: HTMLElement, entry: import('@page').Entry, box?: HTMLInputElement, key?: HTMLElement }} Row */
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const families = [...new Set(functions.map(entry => text(entry.family)))];
  const groups = families.map(family =>
    h('fieldset', {}, h('legend', {}, family), functions.filter(entry => text(entry.family) === family).map(row)));
  const element = h('details', { class: 'picker' },
    h('summary', {}, t('functions')), search, ownForm(), nothing, groups);

  // A formula of the reader's own is a function like the others.
  function ownForm() {
    const field = h('input', {
      type: 'text', 'data-name': 'own-formula', placeholder: 'x*sigmoid(1.702*x)',
      'aria-label': t('ownFormula'), title: t('ownFormula'),
      autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off',
    });
    const problem = h('p', { class: 'quiet own-problem', role: 'alert', hidden: true });
    return h('form', {
      class: 'own',
      submit: event => {
        event.preventDefault();
        if (field.value.trim() === '')
          return;
        const [spelling, reason] = library.Spell(field.value);
        problem.textContent = reason;
        problem.hidden = reason === '';
        field.setAttribute('aria-invalid', String(reason !== ''));
        if (spelling !== '' && read(spelling).entry.shape === 'elementwise') {
          add(spelling);
          field.value = '';
        }
      },
    }, field, h('button', { type: 'submit', 'data-name': 'own-add', 'aria-label': t('ownFormula') }, '+'), problem);
  }

  function row(entry) {
    if (entry.shape !== 'elementwise') {
      const link = button('', () => state.set(panelOf(entry)), { class: 'row', title: text(entry.summary) });
      link.append(h('span', { class: 'swatch arrow', 'aria-hidden': 'true' }, '→'), entry.title);
      rows.set(entry.name, { line: link, entry });
      return link;
    }
    const box = h('input', {
      type: 'checkbox', 'data-function': entry.name, change: () => choose(entry.name, box.checked),
    });
    const key = h('span', { class: 'swatch' });
    const line = h('label', { class: 'row', title: text(entry.summary) }, box, key, entry.title);
    rows.set(entry.name, { line, entry, box, key });
    return line;
  }

  /**
   * Where a function is drawn that is none of one number.
   * @param {import('@page').Entry} entry
   * @returns {Record<string, string>}
   */
  function panelOf({ shape, name }) {
    switch (shape) {
      case 'pooled': return { tab: 'maxout' };
      case 'gated': return { tab: 'gates', unit: name };
      default: return { tab: 'softmax', vector: name };
    }
  }

  function choose(name, wanted) {
    if (wanted)
      return add(name);
    for (let place = shown().length - 1; place >= 0; place--) {
      if (read(shown()[place].spelling).entry.name === name)
        remove(place);
    }
  }

  // Before the first letter is typed.
  function prepare() {
    setTimeout(() => spellingsOf(functions[0].name));
  }

  // Names and aliases as people type them: Leaky-ReLU, silu, gelu_new.
  function filter() {
    const bare = words => words.toLowerCase().replace(/[\s_\-'"]/g, '');
    const wanted = bare(search.value);
    let found = 0;
    for (const { line, entry } of rows.values()) {
      const names = [entry.name, entry.title, ...entry.aliases, ...spellingsOf(entry.name)];
      line.hidden = !names.some(name => bare(name).includes(wanted));
      found += line.hidden ? 0 : 1;
    }
    for (const group of groups)
      group.hidden = [...group.querySelectorAll('.row')].every(line => line.hasAttribute('hidden'));
    nothing.hidden = found > 0;
  }

  // Beside the charts where there is room, folded above them where there is not: a tour takes its place.
  const wide = matchMedia('(min-width: 900px)');
  let isOnTour = state.get('tour') !== '';
  const fold = () => { element.open = wide.matches && !isOnTour; };
  wide.addEventListener('change', fold);
  fold();

  return {
    element,
    show() {
      if (isOnTour !== (state.get('tour') !== '')) {
        isOnTour = !isOnTour;
        fold();
      }
      /** @type {Map<string, number>} */
      const slots = new Map();
      for (const { spelling, slot } of shown().reverse())
        slots.set(read(spelling).entry.name, slot);
      for (const [name, { box, key }] of rows) {
        if (!box || !key)
          continue;
        const slot = slots.get(name);
        box.checked = slot !== undefined;
        key.replaceChildren(...(slot === undefined ? [] : [swatch(stroke(slot))]));
      }
    },
  };
}
