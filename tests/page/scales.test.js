import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decades, logRange, padded, ticks } from '../../src/Nonlinear.Explorer/wwwroot/scales.js';

test('ticks are steps of 1, 2 or 5 times a power of ten, within the ends', () => {
  assert.deepEqual(ticks(-6, 6, 9), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-0.03, 0.03, 6), [-0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03]);
  for (const [from, to] of [[-1e-5, 3e-5], [2.5, 2.75], [-1e6, 1e6], [0.1, 97]]) {
    const found = ticks(from, to, 8), step = found[1] - found[0];
    assert.ok(found.length >= 3 && found.length <= 17, `${found.length} from ${from} to ${to}`);
    assert.ok(found[0] >= from && found.at(-1) <= to);
    assert.ok([1, 2, 5].includes(Math.round(step / 10 ** Math.floor(Math.log10(step * 1.0001)))), `step ${step}`);
  }
});

test('an axis leaves room about the values, also about a single one and about none', () => {
  assert.deepEqual(padded(0, 100), [-6, 106]);
  assert.deepEqual(padded(3, 3), [2.5, 3.5]);
  assert.deepEqual(padded(-200, -200), [-220, -180]);
  assert.deepEqual(padded(null, null), [-1, 1]);
  assert.deepEqual(padded(undefined, undefined), [-1, 1]);
});

test('a logarithmic axis begins and ends at powers of ten, above the smallest of floats', () => {
  assert.deepEqual(logRange(0.02, 30), [0.01, 100]);
  assert.deepEqual(logRange(1e-60, 1), [1e-46, 10]);
  assert.deepEqual(logRange(0, 5), [1e-3, 1]);
});

test('decades are whole powers, about eight', () => {
  assert.deepEqual(decades(0.01, 100).map(value => Math.round(Math.log10(value))), [-2, -1, 0, 1, 2]);
  assert.ok(decades(1e-46, 10).length <= 9);
});
