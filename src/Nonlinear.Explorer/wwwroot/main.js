// Starts the library, then hands over to the panels.
import { byId } from './dom.js';
import { t, translate } from './words.js';

const loading = byId('loading');

function fail(reason) {
  loading.hidden = true;
  byId('problem').hidden = false;
  byId('reason').textContent = reason;
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
    fail(`${t('failedBecause')} ${error instanceof Error ? error.message : error}`);
  }
}
