import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverings } from '../../src/Nonlinear.Explorer/wwwroot/plot/coincidence.js';

const xs = Array.from({ length: 601 }, (_, i) => (i - 300) / 50);
const relu = xs.map(x => Math.max(x, 0)), leaky = xs.map(x => x > 0 ? x : 0.5 * x), line = xs.map(x => x);
// 20 pixels for each unit.
const upon = (columns, looks = columns.map(() => ''), at = xs) =>
  coverings(at.map(x => 20 * x), columns, y => -20 * y, looks)
    .map(stretches => stretches.map(({ from, to, count }) => [Math.round(at[from]) + 0, Math.round(at[to]), count]));

test('of curves that run upon each other each is wider where others lie upon it, by how many', () => {
  assert.deepEqual(upon([relu, leaky, line]), [[[0, 6, 2]], [[0, 6, 1]], []]);
  assert.deepEqual(upon([line, relu]), [[[0, 6, 1]], []]);
  assert.deepEqual(upon([relu, relu]), [[[-6, 6, 1]], []]);
  const stairs = xs.map(x => x > 3 ? x : 9);
  assert.deepEqual(upon([relu, leaky, stairs]), [[[0, 3, 1], [3, 6, 2]], [[3, 6, 1]], []]);
});

test('curves that only cross, that lie apart, or that break are none', () => {
  assert.deepEqual(upon([relu, xs.map(x => 1 - x)]), [[], []]);
  assert.deepEqual(upon([relu, relu.map(y => y + 0.2)]), [[], []]);
  assert.deepEqual(upon([relu, xs.map(x => x > 5.6 ? x : null)]), [[], []]);
  assert.deepEqual(upon([relu]), [[]]);
  assert.deepEqual(upon([]), []);
});

test('what is near in numbers may be far in pixels', () => {
  const higher = relu.map(y => y + 0.01);
  assert.deepEqual(upon([relu, higher]), [[[-6, 6, 1]], []]);
  assert.deepEqual(coverings(xs, [relu, higher], y => -2000 * y, ['', '']), [[], []]);
});

test('curves that look different need nothing more', () => {
  assert.deepEqual(upon([relu, leaky, line], ['', '8,4', '']), [[[0, 6, 1]], [], []]);
});

test('it is the width that counts, not how many places there are in it', () => {
  // Half of the places in a thirtieth of the width, as over temperatures.
  const unequal = Array.from({ length: 101 }, (_, i) => 0.01 * 1000 ** (i / 100));
  const risesAt = start => unequal.map(x => Math.max(0, x - start));
  assert.deepEqual(upon([risesAt(0.1), risesAt(0.3)], ['', ''], unequal), [[], []]);
  assert.deepEqual(upon([risesAt(4), risesAt(6)], ['', ''], unequal), [[[0, 4, 1]], []]);
});
