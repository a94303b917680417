import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bundle, place } from './vendor/bundle.js';

test('the page’s copy of d3 is what its packages give: npm run vendor writes it anew', async () => {
  assert.equal(readFileSync(place, 'utf8'), (await bundle()).text);
});
