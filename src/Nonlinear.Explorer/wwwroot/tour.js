// The guided tours as the page shows them: a list to choose from, and one step at a time beside the live figures.
import { button, plainButton } from './controls.js';
import { byId, h } from './dom.js';
import { said, t } from './words.js';
import { addressOf, placeIn, tours } from './tours.js';

/**
 * A tour's panel in an element, and the button that opens the list.
 * @param {HTMLElement} root
 * @param {import('@page').State} state
 */
export function guide(root, state) {
  const frame = byId('frame');
  const opener = button(t('tours'), toggle, {
    id: 'tours', 'data-t': 'tours', 'aria-expanded': 'false', 'aria-controls': 'tour',
  });
  let isListed = false, shown = '';

  const place = () => placeIn(state.get('tour'));

  function toggle() {
    isListed = !isListed;
    show(null);
    if (isListed)
      root.querySelector('h2')?.focus();
  }

  // When the page shows what was asked for.
  const later = work => requestAnimationFrame(() => requestAnimationFrame(work));

  // Who has pressed a button that is gone is taken to the title of what came in its place.
  function go(address) {
    const before = place();
    isListed = false;
    state.enter(address);
    if (before === null)
      later(() => root.querySelector('h2')?.focus());
  }

  // What is shown stays as it is.
  function leave(isDone) {
    isListed = isDone;
    state.set({ tour: '' });
    later(() => (isDone ? root.querySelector('h2') : opener)?.focus());
  }

  const title = (words, id) => h('h2', { id, tabindex: '-1' }, words);

  function list() {
    return [
      h('header', {}, title(t('guidedTours'), 'tour-title'),
        plainButton(t('close'), toggle, { 'data-name': 'close-tours' })),
      h('p', { class: 'quiet' }, t('toursLead')),
      h('ul', { class: 'tour-list' }, tours.map(tour => h('li', {}, entry(tour)))),
    ];
  }

  function entry(tour) {
    const start = button(said(tour.title), () => go(addressOf(tour, 1)), { 'data-tour': tour.name });
    start.append(h('span', { class: 'quiet' }, t('stepsInAll', tour.steps.length)));
    return start;
  }

  // Built once for a tour, so that the focus stays on Next from step to step; a reader is told the text as it changes.
  function stepper(tour) {
    const heading = h('h3'), text = h('p', { class: 'tour-text', 'data-name': 'tour-text' });
    const count = h('p', { class: 'tour-count', 'data-name': 'tour-count' });
    const again = plainButton(t('again'), () => state.enter(state.get('tour')), { 'data-name': 'tour-again' });
    const move = by => go(addressOf(tour, (place()?.number ?? 1) + by));
    const goOn = () => place()?.number === tour.steps.length ? leave(true) : move(1);
    const back = button(t('back'), () => move(-1), { 'data-name': 'tour-back' });
    const next = button('', goOn, { class: 'primary', 'data-name': 'tour-next' });
    root.replaceChildren(
      h('header', {}, title(said(tour.title), 'tour-title'),
        plainButton(t('leaveTour'), () => leave(false), { 'data-name': 'tour-leave' })),
      h('div', { 'aria-live': 'polite', 'aria-atomic': 'true' }, heading, text),
      again,
      h('div', { class: 'tour-nav', role: 'group', 'aria-label': said(tour.title) }, back, count, next));
    return ({ step, number }) => {
      heading.textContent = said(step.title);
      text.textContent = said(step.text);
      count.textContent = t('stepOf', number, tour.steps.length);
      back.disabled = number === 1;
      next.textContent = t(number === tour.steps.length ? 'finish' : 'next');
      again.hidden = !state.strays();
    };
  }

  /** @type {(at: import('@page').Place) => void} */
  let showStep = () => {};

  function show(changed) {
    const at = place();
    const isOpen = isListed || at !== null;
    root.hidden = !isOpen;
    frame.classList.toggle('beside', isOpen);
    frame.classList.toggle('stepping', at !== null && !isListed);
    opener.setAttribute('aria-expanded', String(isListed));
    if (!isOpen) {
      shown = '';
      return;
    }
    root.setAttribute('aria-labelledby', 'tour-title');
    const stepping = isListed ? null : at;
    const now = `${document.documentElement.lang} ${stepping?.tour.name ?? ''}`;
    if (shown !== now) {
      shown = now;
      if (stepping === null)
        root.replaceChildren(...list());
      else
        showStep = stepper(stepping.tour);
    }
    if (stepping !== null)
      showStep(stepping);
    // A step begins at the top of what it is about.
    if (changed?.has('tour'))
      scrollTo(0, 0);
  }

  return {
    opener,
    show,
    /** Where one is, for the browser's history; nothing outside of a tour. */
    title() {
      const at = place();
      return at && `${said(at.tour.title)} ${at.number}/${at.tour.steps.length}`;
    },
  };
}
