import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverings } from '../../src/Nonlinear.Explorer/wwwroot/plot/coincidence.js';

const xs = Array.from({ length: 601 }, (_, i) => (i - 300) / 50);
const relu = xs.map(x => Math.max(x, 0)), leaky = xs.map(x => x > 0 ? x : 0.5 * x), line = xs.map(x => x);
// 20 pixels for each unit.
const upon = (columns, looks = columns.map(() => '')) => coverings(columns, y => -20 * y, looks);

test('of curves that run upon each other for a while each is as wide as there are curves upon it', () => {
  assert.deepEqual(upon([relu, leaky, line]), [2, 1, 0]);
  assert.deepEqual(upon([line, relu]), [1, 0]);
  assert.deepEqual(upon([relu, relu]), [1, 0]);
});

test('curves that only cross, that lie apart, or that break are none', () => {
  assert.deepEqual(upon([relu, xs.map(x => 1 - x)]), [0, 0]);
  assert.deepEqual(upon([relu, relu.map(y => y + 0.2)]), [0, 0]);
  assert.deepEqual(upon([relu, xs.map(x => x > 5.6 ? x : null)]), [0, 0]);
  assert.deepEqual(upon([relu]), [0]);
  assert.deepEqual(upon([]), []);
});

test('what is near in numbers may be far in pixels', () => {
  const higher = relu.map(y => y + 0.01);
  assert.deepEqual(upon([relu, higher]), [1, 0]);
  assert.deepEqual(coverings([relu, higher], y => -2000 * y, ['', '']), [0, 0]);
});

test('curves that look different need nothing more', () => {
  assert.deepEqual(upon([relu, leaky, line], ['', '8,4', '']), [1, 0, 0]);
});
