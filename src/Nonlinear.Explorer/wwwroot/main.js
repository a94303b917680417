// Starts the library, then hands over to the panels.
import { t, translate } from './words.js';

const loading = document.getElementById('loading');

function fail(reason) {
  loading.hidden = true;
  document.getElementById('problem').hidden = false;
  document.getElementById('reason').textContent = reason;
}

translate(document);
loading.textContent = t('loading');
if (typeof WebAssembly !== 'object') {
  fail(t('noWebAssembly'));
} else {
  try {
    const { start } = await import('./library.js');
    await start();
    const { open } = await import('./shell.js');
    loading.remove();
    open();
  } catch (error) {
    console.info(error);
    fail(`${t('failedBecause')} ${error?.message ?? error}`);
  }
}
