// The frame: panels, language, theme, and the link to share.
import { button } from './controls.js';
import { byId, h } from './dom.js';
import { state } from './state.js';
import { speak, t, place, remember } from './words.js';
import { explore } from './panels/explore.js';
import { understand } from './panels/understand.js';
import { numerics } from './panels/numerics.js';
import { depth } from './panels/depth.js';
import { softmax } from './panels/softmax.js';
import { maxout } from './panels/maxout.js';
import { gates } from './panels/gates.js';
import { attention } from './panels/attention.js';
import { learn } from './panels/learn.js';
import { guide } from './tour.js';

const panels = { explore, understand, numerics, depth, learn, softmax, attention, maxout, gates };

export function open() {
  const content = byId('content');
  const tabs = byId('tabs');
  const settings = byId('settings');
  const mounted = new Map();
  const left = h('p', { class: 'notice left-out', role: 'status', hidden: true });
  content.append(left);

  const buttons = Object.keys(panels).map(name => {
    const tab = button(t(name), () => state.set({ tab: name }), { 'data-t': name, 'data-panel': name });
    tabs.append(tab);
    return tab;
  });
  const further = [-1, 1].map(way => button(
    way < 0 ? '‹' : '›',
    () => tabs.scrollBy({ left: way * tabs.clientWidth * 0.7, behavior: 'smooth' }),
    { class: 'further', tabindex: '-1', 'aria-hidden': 'true', title: t('moreTabs') }));
  tabs.before(further[0]);
  tabs.after(further[1]);
  tabs.addEventListener('scroll', showFurther, { passive: true });
  new ResizeObserver(showFurther).observe(tabs);

  // Whether the row of tabs goes on to either side.
  function showFurther() {
    const most = tabs.scrollWidth - tabs.clientWidth;
    const ways = [tabs.scrollLeft > 2, tabs.scrollLeft < most - 2];
    tabs.classList.toggle('more-left', ways[0]);
    tabs.classList.toggle('more-right', ways[1]);
    // Their places are kept as long as one is needed, or the row would flutter.
    further.forEach((arrow, i) => {
      arrow.hidden = most <= 2;
      arrow.style.visibility = ways[i] ? '' : 'hidden';
    });
  }

  const switchLanguage = () => { speak(place() === 0 ? 'zh' : 'en'); rebuild(); };
  const language = button(t('language'), switchLanguage, { id: 'language', 'data-t': 'language' });
  const theme = button('◐', turn, { id: 'theme', 'data-t-label': 'theme', 'aria-label': t('theme') });
  const share = button(t('share'), copyLink, { id: 'share', 'data-t': 'share' });
  const tour = guide(byId('tour'), state);
  settings.append(tour.opener, language, theme, share);

  function name() {
    return panels[state.get('tab')] ? state.get('tab') : 'explore';
  }

  // A panel is built when it is first seen, and updated only while it is seen.
  function show(changed) {
    for (const tab of buttons)
      tab.setAttribute('aria-current', tab.dataset.panel === name() ? 'page' : 'false');
    const current = buttons.find(tab => tab.dataset.panel === name());
    if (current)
      tabs.scrollLeft = current.offsetLeft - (tabs.offsetLeft + tabs.clientWidth - current.offsetWidth) / 2;
    for (const [other, panel] of mounted)
      panel.root.hidden = other !== name();
    let panel = mounted.get(name());
    if (!panel) {
      const root = h('section', { class: `panel ${name()}`, 'aria-label': t(name()) });
      content.append(root);
      panel = { root, update: panels[name()](root, state) };
      mounted.set(name(), panel);
    }
    panel.update(changed);
    showRefused();
    tour.show(changed);
    document.title = [tour.title(), t(name()), 'Nonlinear'].filter(Boolean).join(' · ');
  }

  // What a link asked for in vain is named, until something else is asked for.
  function showRefused() {
    const names = state.refused().filter(({ key }) => isFunction(key)).map(({ text }) => text);
    const others = state.refused().filter(({ key }) => !isFunction(key)).map(({ key, text }) => `${key} = ${text}`);
    left.replaceChildren(...[
      names.length > 0 ? t('unknownNames', names.join(', ')) : '',
      others.length > 0 ? t('unknownValues', others.join(', ')) : '',
    ].filter(Boolean).join(' '));
    left.hidden = names.length + others.length === 0;
  }

  // Words and colours are all over a panel: building it anew is simplest.
  function rebuild() {
    for (const panel of mounted.values())
      panel.root.remove();
    mounted.clear();
    show(null);
  }

  function turn() {
    document.documentElement.dataset.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    remember('theme', document.documentElement.dataset.theme);
    rebuild();
  }

  async function copyLink() {
    await copy(state.link(), share, 'share');
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', rebuild);
  state.listen(show);
  show(null);
}

const isFunction = key => ['f', 'focus', 'rival', 'stack', 'vector', 'unit', 'trained'].includes(key);

/** Copies a text and says so on the button for a moment. */
export async function copy(text, pressed, word) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission for the clipboard, the old way.
    const area = h('textarea', { readonly: true, style: 'position:fixed;opacity:0' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  pressed.textContent = t('copied');
  setTimeout(() => { pressed.textContent = t(word); }, 1200);
}
