// Before anything is painted: the theme and the language that a link names, or that were chosen last, or that the
// system has.
(() => {
  const remembered = key => { try { return localStorage.getItem(`nonlinear.${key}`); } catch { return null; } };
  const asked = new URLSearchParams(location.hash.slice(1));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = asked.get('theme') ?? remembered('theme');
  const system = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
  // Who forces colours has chosen the paper already.
  if (!matchMedia('(forced-colors: active)').matches && (chosen === 'dark' || chosen === 'light')) {
    document.documentElement.dataset.theme = chosen;
  } else {
    system();
    dark.addEventListener('change', system);
  }
  const language = asked.get('lang') ?? remembered('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
})();
