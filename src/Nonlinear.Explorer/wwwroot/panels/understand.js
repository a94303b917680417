// Everything about one function: the formulas from the library, the rest from its page in the guide, where every number is measured.
import { h } from '../dom.js';
import { place, t, text } from '../words.js';
import { library, read } from '../library.js';
import { functionChoice } from '../controls.js';
import { copy } from '../shell.js';

const retry = 2000, patience = 90;

// Of the guide's page: the formulas come from the library with the chosen parameters, figures are live next door.
const elsewhere = ['h1', '.lead', '.aliases', 'figure:has(img)', 'nav'];

export function understand(root, state) {
  const chooser = functionChoice(state, 'focus', () => true);
  const title = h('h2', { class: 'title' });
  const summary = h('p', { class: 'summary' });
  const aliases = h('p', { class: 'quiet' });
  const formulas = h('dl', { class: 'formulas' });
  const line = h('code');
  const lineCopy = h('button', { type: 'button', click: () => copy(line.textContent, lineCopy, 'copy') }, t('copy'));
  const guide = h('div', { class: 'guide', 'data-name': 'guide' });
  root.append(
    h('div', { class: 'toolbar' }, chooser.element),
    h('article', { class: 'sheet' },
      title,
      summary,
      aliases,
      h('h3', {}, t('formulas')),
      formulas,
      h('h3', {}, t('inCSharp')),
      h('div', { class: 'code' }, line, lineCopy)),
    guide);
  let shown = '', wanted = '';

  async function showGuide(name) {
    const language = place() === 0 ? 'en' : 'zh', address = `guide/${language}/${name}.html`;
    wanted = address;
    guide.replaceChildren(h('p', { class: 'notice', role: 'status' }, t('measuring')));
    for (let attempt = 0; wanted === address && guide.isConnected; attempt++) {
      const response = await fetch(address).catch(() => null);
      if (wanted !== address)
        return;
      if (response?.ok) {
        fill(await response.text(), address);
        return;
      }
      if (attempt === patience)
        break;
      await new Promise(resolve => setTimeout(resolve, retry));
    }
    if (wanted === address)
      guide.replaceChildren(h('p', { class: 'notice' }, t('noGuide')));
  }

  function fill(page, address) {
    const content = new DOMParser().parseFromString(page, 'text/html').querySelector('main');
    // The same words, set by the guide's typography.
    summary.textContent = content.querySelector('.lead').textContent;
    for (const part of content.querySelectorAll(elsewhere.join(',')))
      part.remove();
    content.querySelector('dl.formulas')?.closest('section').remove();
    for (const section of content.querySelectorAll('section')) {
      section.classList.add('sheet');
      if (section.children.length < 2)
        section.remove();
    }
    for (const link of content.querySelectorAll('a[href]:not([href^="http"])'))
      link.setAttribute('href', new URL(link.getAttribute('href'), new URL(address, location.href)).href);
    for (const link of content.querySelectorAll('a[href^="http"]'))
      link.rel = 'noopener';
    for (const code of content.querySelectorAll('pre, dl.spellings dd')) {
      const button = h('button', { type: 'button', click: () => copy(code.querySelector('code').textContent, button, 'copy') }, t('copy'));
      code.classList.add('code');
      code.append(button);
    }
    guide.replaceChildren(
      h('p', { class: 'quiet note' }, t('atDefaults'), ' ', h('a', { href: address }, t('wholeGuide'))),
      ...content.querySelectorAll('section'));
  }

  return () => {
    chooser.show();
    const spelling = state.get('focus'), { entry } = read(spelling);
    title.textContent = entry.title;
    summary.textContent = text(entry.summary);
    aliases.textContent = entry.aliases.join(' · ');
    line.textContent = `Activation f = Activation.Parse("${spelling}");`;
    if (shown === entry.name)
      return;
    shown = entry.name;
    formulas.replaceChildren(...JSON.parse(library.Formulas(spelling)).map(formula => {
      const value = h('div', { role: 'math', 'aria-label': formula.text });
      value.innerHTML = formula.mathML.replace('<mtext>else</mtext>', `<mtext>${place() === 0 ? 'else' : '其他'}</mtext>`);
      return h('div', {}, h('dt', {}, text(formula.name)), h('dd', {}, value));
    }));
    showGuide(entry.name);
  };
}
