import assert from 'node:assert/strict';
import { test } from 'node:test';
import './stand-ins.js';
import { written } from '../../src/Nonlinear.Explorer/wwwroot/plot/cells.js';

test('a number has as many digits as its square has room for', () => {
  assert.equal(written(0.2468, 2, Infinity), '0.25');
  assert.equal(written(0.2468, 2, 4), '0.25');
  assert.equal(written(0.2468, 2, 3), '.25');
  assert.equal(written(0.2468, 2, 2), '.2');
  assert.equal(written(-0.064, 2, 4), '−.06');
  assert.equal(written(-12.5, 3, 5), '−12.5');
  assert.equal(written(-12.5, 3, 3), '−13');
});

test('what has no room is a dot, what is not there a dash', () => {
  assert.equal(written(0.0086, 2, 3), '·');
  assert.equal(written(6e-9, 2, 3), '·');
  assert.equal(written(0, 2, 3), '0');
  assert.equal(written(NaN, 2, 3), '–');
});
