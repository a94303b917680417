// From a folder (file://) browsers load no modules and fetch nothing, so the template's own script does not run. This one puts up the
// navigation and the search in its place; their data are scripts, which browsers do load.
(() => {
  if (location.protocol !== 'file:')
    return;
  const root = new URL('..', document.currentScript.src);
  const meta = name => document.querySelector(`meta[name="docfx:${name}"]`)?.content;
  const shownResults = 30;

  const load = name => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(`public/${name}`, root);
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

  function element(name, text = '') {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function link(text, address) {
    const made = element('a', text);
    made.href = address;
    if (made.href === location.href.split('#')[0])
      made.setAttribute('aria-current', 'page');
    return made;
  }

  // A table of contents as lists, of so many levels; addresses in it are relative to itself.
  function list(items, base, levels) {
    const all = element('ul');
    for (const item of items) {
      const one = element('li');
      one.append(item.href ? link(item.name, new URL(item.href, base)) : element('span', item.name));
      if (item.items?.length && levels > 1)
        one.append(list(item.items, base, levels - 1));
      all.append(one);
    }
    return all;
  }

  function contents(name, levels) {
    const address = meta(name);
    if (!address)
      return null;
    const base = new URL(address, location.href), key = base.href.slice(root.href.length).replace(/html$/, 'json');
    const found = window.siteContents[key];
    return found ? list(found.items, base, levels) : null;
  }

  function showNavigation() {
    const bar = contents('navrel', 1);
    if (bar) {
      bar.className = 'navbar-nav me-auto';
      for (const each of bar.querySelectorAll('a'))
        each.className = 'nav-link';
      document.getElementById('navbar')?.prepend(bar);
    }
    const toc = document.getElementById('toc');
    const inside = meta('tocrel') === meta('navrel') ? null : contents('tocrel', Infinity);
    if (toc && inside) {
      toc.classList.add('offline');
      toc.append(inside);
      toc.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' });
      if (!location.hash)
        scrollTo(0, 0);
    }
  }

  // Pages with all words, those that have them in the title first.
  function find(words) {
    const among = text => words.filter(word => text.toLowerCase().includes(word)).length;
    return Object.values(window.siteIndex)
      .map(page => ({ page, inTitle: among(page.title), all: among(`${page.title} ${page.keywords ?? page.summary ?? ''}`) }))
      .filter(each => each.all === words.length)
      .sort((a, b) => b.inTitle - a.inTitle || a.page.title.length - b.page.title.length)
      .map(each => each.page);
  }

  function showResults(query) {
    const place = document.getElementById('search-results'), words = query.toLowerCase().split(/\s+/).filter(Boolean);
    place.replaceChildren();
    place.classList.add('offline');
    document.body.toggleAttribute('data-search', words.length > 0);
    if (words.length === 0)
      return;
    const pages = find(words);
    place.append(element('p', `${pages.length} pages have “${query}”` + (pages.length > shownResults ? '; the first:' : '')));
    for (const page of pages.slice(0, shownResults)) {
      const one = element('p');
      one.append(link(page.title, new URL(page.href, root)), element('br'), element('small', (page.summary ?? '').slice(0, 200)));
      place.append(one);
    }
  }

  addEventListener('DOMContentLoaded', async () => {
    await load('offline-contents.js');
    showNavigation();
    const field = document.getElementById('search-query');
    if (!field)
      return;
    let index;
    field.disabled = false;
    field.closest('form').addEventListener('submit', submitted => submitted.preventDefault());
    field.addEventListener('input', async () => {
      await (index ??= load('offline-index.js'));
      showResults(field.value);
    });
  });
})();
