// The frame: panels, language, theme, and the link to share.
import { h } from './dom.js';
import { state } from './state.js';
import { speak, t, place, remember } from './words.js';
import { explore } from './panels/explore.js';
import { understand } from './panels/understand.js';
import { numerics } from './panels/numerics.js';
import { depth } from './panels/depth.js';
import { softmax } from './panels/softmax.js';
import { maxout } from './panels/maxout.js';

const panels = { explore, understand, numerics, depth, softmax, maxout };

export function open() {
  const content = document.getElementById('content');
  const tabs = document.getElementById('tabs');
  const settings = document.getElementById('settings');
  const mounted = new Map();

  const buttons = Object.keys(panels).map(name => {
    const button = h('button', { type: 'button', 'data-t': name, 'data-panel': name, click: () => state.set({ tab: name }) }, t(name));
    tabs.append(button);
    return button;
  });

  const switchLanguage = () => { speak(place() === 0 ? 'zh' : 'en'); rebuild(); };
  const language = h('button', { type: 'button', 'data-t': 'language', id: 'language', click: switchLanguage }, t('language'));
  const theme = h('button', { type: 'button', id: 'theme', 'data-t-label': 'theme', 'aria-label': t('theme'), click: turn }, '◐');
  const share = h('button', { type: 'button', id: 'share', 'data-t': 'share', click: copyLink }, t('share'));
  settings.append(language, theme, share);

  function name() {
    return panels[state.get('tab')] ? state.get('tab') : 'explore';
  }

  // A panel is built when it is first seen, and updated only while it is seen.
  function show(changed) {
    for (const button of buttons)
      button.setAttribute('aria-current', button.dataset.panel === name() ? 'page' : 'false');
    const current = buttons.find(button => button.dataset.panel === name());
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
    document.title = `${t(name())} · Nonlinear`;
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

/** Copies a text and says so on the button for a moment. */
export async function copy(text, button, word) {
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
  button.textContent = t('copied');
  setTimeout(() => { button.textContent = t(word); }, 1200);
}
