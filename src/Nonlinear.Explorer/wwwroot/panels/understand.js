// Everything about one function: the formulas from the library, the rest from its page in the guide, where every number
// is measured.
import { h } from '../dom.js';
import { place, t, text } from '../words.js';
import { library, read, settings } from '../library.js';
import { button, functionChoice, tableHead } from '../controls.js';
import { formulasOf } from '../formulas.js';
import { copy } from '../shell.js';

// In ms; after so many attempts the host has no guide, or writes it slowly.
const retry = 2000, patience = 90, rarely = 10_000;

// Measuring takes a while: it waits until a slider rests.
const rest = 250;

// Of the guide's page: the formulas come from the library, and figures are live next door. Of a function with
// parameters the properties are measured here, as they are set.
const elsewhere = ['h1', '.lead', '.aliases', '.live', 'figure:has(img)', 'nav'];
const measuredHere = ['#properties', '#values'];

/**
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 * @returns {import('@page').Update}
 */
export function understand(root, state) {
  const chooser = functionChoice(state, 'focus', () => true);
  const title = h('h2', { class: 'title' });
  const summary = h('p', { class: 'summary' });
  const saidOf = h('p', { class: 'quiet', 'data-name': 'said-of', hidden: true });
  const aliases = h('p', { class: 'quiet' });
  const formulas = h('dl', { class: 'formulas' });
  const line = h('code');
  const lineCopy = button(t('copy'), () => copy(line.textContent, lineCopy, 'copy'));
  const measuredTitle = h('h2');
  const measured = h('div', { 'data-name': 'measured', class: 'measured' });
  const live = h('section', { class: 'sheet' }, measuredTitle, measured, h('p', { class: 'quiet' }, t('valuesNote')));
  const guide = h('div', { class: 'guide', 'data-name': 'guide' });
  root.append(
    h('div', { class: 'toolbar' }, chooser.element),
    h('article', { class: 'sheet' },
      title,
      summary,
      saidOf,
      aliases,
      h('h3', {}, t('formulas')),
      formulas,
      h('h3', {}, t('inCSharp')),
      h('div', { class: 'code' }, line, lineCopy)),
    live,
    guide);
  let shown = '', wanted = '', measuredOf = '', waiting = 0;

  function measure(spelling) {
    const { properties, values } = JSON.parse(library.Measured(spelling));
    const row = (head, cells) => h('tr', {}, h('th', { scope: 'row' }, head), cells);
    const number = value => h('td', { class: 'number' }, value);
    const isSloped = values[0].length === 3;
    measured.replaceChildren(
      h('table', { class: 'facts' },
        h('caption', { class: 'unseen' }, measuredTitle.textContent),
        h('tbody', {}, properties.map(({ label, value }) =>
          row(text(label), [h('td', {}, text(value))])))),
      h('table', { class: 'facts' },
        h('caption', {}, t('values')),
        tableHead(['x', 'f(x)', ...(isSloped ? ['f′(x)'] : [])]),
        h('tbody', {}, values.map(([place, ...numbers]) => row(place, numbers.map(number))))));
    measured.dataset.of = spelling;
  }

  function measureSoon(spelling) {
    if (measuredOf === spelling)
      return;
    measuredOf = spelling;
    measured.replaceChildren(h('p', { class: 'quiet', role: 'status' }, t('measuringHere')));
    clearTimeout(waiting);
    waiting = setTimeout(() => measure(spelling), rest);
  }

  async function showGuide(name, usual) {
    const language = place() === 0 ? 'en' : 'zh', address = `guide/${language}/${name}.html`;
    wanted = address;
    guide.replaceChildren(h('p', { class: 'notice', role: 'status' }, t('measuring')));
    for (let attempt = 0; wanted === address && guide.isConnected; attempt++) {
      const response = await fetch(address).catch(() => null);
      if (wanted !== address)
        return;
      if (response?.ok) {
        fill(await response.text(), address, usual);
        return;
      }
      if (attempt === patience)
        guide.replaceChildren(h('p', { class: 'notice' }, t('noGuide')));
      await new Promise(resolve => setTimeout(resolve, attempt < patience ? retry : rarely));
    }
  }

  // Its words are about the defaults, if there are any.
  function fill(page, address, usual) {
    const content = new DOMParser().parseFromString(page, 'text/html').querySelector('main');
    if (content === null)
      return;
    // The same words, set by the guide's typography.
    summary.textContent = content.querySelector('.lead')?.textContent ?? '';
    for (const part of content.querySelectorAll((usual ? [...elsewhere, ...measuredHere] : elsewhere).join(',')))
      part.remove();
    content.querySelector('dl.formulas')?.closest('section')?.remove();
    for (const section of content.querySelectorAll('section')) {
      section.classList.add('sheet');
      if (section.children.length < 2)
        section.remove();
    }
    for (const link of content.querySelectorAll('a[href]:not([href^="http"])'))
      link.setAttribute('href', new URL(link.getAttribute('href') ?? '', new URL(address, location.href)).href);
    for (const link of content.querySelectorAll('a[href^="http"]'))
      link.setAttribute('rel', 'noopener');
    for (const code of content.querySelectorAll('pre, dl.spellings dd')) {
      const words = code.querySelector('code')?.textContent ?? '';
      const copies = button(t('copy'), () => copy(words, copies, 'copy'));
      code.classList.add('code');
      code.append(copies);
    }
    guide.replaceChildren(
      h('p', { class: 'quiet note' },
        usual ? t('atDefaults', usual) : t('noParameters'), ' ', h('a', { href: address }, t('wholeGuide'))),
      ...content.querySelectorAll('section'));
  }

  return () => {
    chooser.show();
    const spelling = state.get('focus'), { entry, values } = read(spelling);
    title.textContent = entry.title;
    summary.textContent = text(entry.summary);
    aliases.textContent = entry.aliases.join(' · ');
    const usual = settings(entry, entry.parameters.map(parameter => parameter.default)), now = settings(entry, values);
    saidOf.textContent = t('saidOfDefaults', usual, now);
    saidOf.hidden = usual === now || entry.own;
    measuredTitle.textContent = now ? t('measuredHere', now) : t('measuredOwn');
    live.hidden = now === '' && !entry.own;
    if (!live.hidden)
      measureSoon(spelling);
    line.textContent = `Activation f = ${entry.own ? 'OwnFormula' : 'Activation'}.Parse("${spelling}");`;
    if (shown === entry.name)
      return;
    shown = entry.name;
    formulas.replaceChildren(...formulasOf(spelling));
    // Nobody has written a page about a formula that was typed.
    wanted = '';
    guide.replaceChildren();
    if (!entry.own)
      showGuide(entry.name, usual);
  };
}
