import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleLinear, scaleLog } from '../../src/Nonlinear.Explorer/wwwroot/vendor/d3/d3.js';
import { extent, logRange, marksOf, padded, readable } from '../../src/Nonlinear.Explorer/wwwroot/plot/scales.js';

test('marks are few, round and within the ends; a whole axis has whole ones', () => {
  const marks = (from, to, axis = {}) => marksOf(scaleLinear([from, to], [0, 1]), axis, 8);
  assert.deepEqual(marks(-6, 6), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(marks(1, 3, { whole: true }), [1, 2, 3]);
  assert.deepEqual(marks(0, 9, { ticks: [1, 5] }), [1, 5]);
  for (const [from, to] of [[-1e-5, 3e-5], [2.5, 2.75], [-1e6, 1e6], [0.1, 97]]) {
    const found = marks(from, to);
    assert.ok(found.length >= 3 && found.length <= 17, `${found.length} from ${from} to ${to}`);
    assert.ok(found[0] >= from && found.at(-1) <= to);
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

test('a logarithmic axis has few marks, at whole powers, or at 1, 2 and 5 where there is one power at most', () => {
  const marks = (low, high) => marksOf(scaleLog([low, high], [0, 1]), { log: true }, 8);
  assert.deepEqual(marks(0.01, 100), [0.01, 0.1, 1, 10, 100]);
  assert.deepEqual(marks(0.15, 3), [0.2, 0.5, 1, 2]);
  assert.deepEqual(marks(2, 8), [2, 5]);
  const many = marks(1e-46, 10);
  assert.ok(many.length >= 4 && many.length <= 12, many.join());
  assert.ok(many.every(mark => Number.isInteger(Math.log10(mark))), many.join());
});

test('values are finite where an axis looks for its ends', () => {
  assert.deepEqual(extent([[1, null, NaN, -3], new Float64Array([2, Infinity])]), [-3, 2]);
  assert.deepEqual(extent([[null], []]), [null, null]);
});

test('a reading has the digits that a pixel tells apart', () => {
  assert.equal(readable(-3.0004, 12 / 600), -3);
  assert.equal(readable(0.123456, 12 / 600), 0.12);
  assert.equal(readable(1e-9, 12 / 600), 0);
  assert.equal(readable(54_321.7, 120), 54_300);
});
