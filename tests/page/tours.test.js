import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, placeIn, tours } from '../../src/Nonlinear.Explorer/wwwroot/tours.js';

const everyStep = work => tours.forEach(tour => tour.steps.forEach((step, i) => work(step, addressOf(tour, i + 1))));

test('a place is a tour and a step of it', () => {
  assert.deepEqual(tours.map(tour => tour.name), ['sigmoid', 'relu', 'gelu']);
  everyStep((step, address) => assert.equal(placeIn(address)?.step, step));
  assert.equal(placeIn('relu')?.number, 1);
  for (const wrong of ['', 'relu/0', 'relu/7', 'relu/x', 'relu/1/2', 'nowhere/1'])
    assert.equal(placeIn(wrong), null, wrong);
});

// A browser test compares the numbers with what the page shows; it could not compare words.
test('numbers are written as digits, and are the same in both languages', () => {
  const numbers = text => [...new Set(text.match(/−?\d+(\.\d+)?( × 10[⁻⁰¹²³⁴-⁹]+|e−\d+)?/g))].sort();
  const inWords = new RegExp('\\b(two|four|five|six|seven|eight|nine|ten|twelve|hundred|thousands?|half|quarter|third'
    + '|\\w+th)\\s+(of|layers?|units?|steps?|times)\\b|[一二三四五六七八九十百千万]分之|[二三四五六七八九十百千万]+[层步倍个]', 'i');
  everyStep(({ text }, address) => {
    assert.ok(numbers(text[0]).length > 0, address);
    assert.deepEqual(numbers(text[0]), numbers(text[1]), address);
    assert.doesNotMatch(text[0] + text[1], inWords, address);
  });
});
