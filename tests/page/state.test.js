import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { happens, past } from './stand-ins.js';
import { start } from '../../src/Nonlinear.Explorer/wwwroot/library.js';
import { tours } from '../../src/Nonlinear.Explorer/wwwroot/tours.js';

await start();
const { state } = await import('../../src/Nonlinear.Explorer/wwwroot/state.js');
const rest = () => new Promise(done => { setTimeout(done, 200); });
const open = hash => { location.hash = hash; happens('hashchange'); };

beforeEach(() => { open(''); past.length = 0; });

test('what is as usual is not in the address', async () => {
  state.set({ layers: 20 });
  await rest();
  assert.equal(location.hash, '#layers=20');
  state.set({ layers: 12 });
  await rest();
  assert.equal(location.hash, '');
});

test('an address is read as it is written, and a link says in which language', async () => {
  open('f=swish(beta=2);relu&show=f,c&from=-2');
  assert.deepEqual([state.list('f'), state.get('show'), state.number('from')], [['swish(beta=2)', 'relu'], 'f,c', -2]);
  const link = new URL(state.link());
  assert.equal(new URLSearchParams(link.hash.slice(1)).get('lang'), 'en');
  open(link.hash);
  assert.equal(state.get('f'), 'swish(beta=2);relu');
});

test('what cannot be shown is named, and the rest is shown', () => {
  open('f=SiLU;nonsense&layers=1000&from=5&to=2&tab=nowhere&tour=nowhere/1');
  assert.equal(state.get('f'), 'swish');
  assert.deepEqual(['layers', 'from', 'to', 'tab'].map(state.get), ['12', '-6', '6', 'explore']);
  assert.deepEqual(state.refused().map(({ key }) => key).sort(), ['f', 'from … to', 'layers', 'tab', 'tour']);
});

test('another panel or function is a step of the history, a slider is not', async () => {
  state.set({ f: 'swish' });
  assert.equal(past.length, 1);
  state.set({ f: 'swish(beta=2)' });
  await rest();
  assert.equal(past.length, 1);
  state.set({ tab: 'depth' });
  // The step that was left keeps what the slider did.
  assert.ok(past[0].includes('beta=2'));
});

test('a gate of one\'s own is a step of the history, the gate\'s slider is not', async () => {
  state.set({ unit: 'glu(elu)' });
  assert.equal(past.length, 1);
  state.set({ unit: 'glu(elu(alpha=2))' });
  await rest();
  assert.equal(past.length, 1);
});

test('logits are as many as queries times keys, from two to eight each', () => {
  open('scores=1,2;3,4&sink=0&cap=2&share=1,1');
  assert.deepEqual(['scores', 'sink', 'cap', 'share'].map(state.get), ['1,2;3,4', '0', '2', '1,1']);
  for (const wrong of ['1,2;3', '1,2,3;4,5,6', '1', 'a,b;c,d', '']) {
    open(`scores=${wrong}&cap=0&sink=none&share=9,9`);
    assert.equal(state.get('scores'), state.default('scores'));
    assert.deepEqual(state.refused().map(({ key }) => key).sort(), ['cap', 'scores', 'share', 'sink']);
  }
});

test('listeners hear once of all that changed', async () => {
  const heard = [];
  state.listen(changed => heard.push([...changed].sort().join()));
  state.set({ layers: 3 });
  state.set({ gain: 2, layers: 4 });
  await rest();
  assert.deepEqual(heard, ['gain,layers']);
});

test('a step of a tour is named by itself, and what strays from it beside it', async () => {
  open('f=elu&layers=30');
  state.enter('sigmoid/3');
  await rest();
  assert.equal(location.hash, '#tour=sigmoid/3');
  assert.equal(past.length, 1);
  assert.deepEqual(['tab', 'stack', 'f'].map(state.get), ['depth', 'sigmoid', 'sigmoid;tanh;relu;gelu']);
  assert.equal(state.strays(), false);
  state.set({ layers: 20 });
  await rest();
  assert.equal(location.hash, '#tour=sigmoid/3&layers=20');
  assert.equal(state.strays(), true);
  state.enter('sigmoid/3');
  assert.deepEqual([state.get('layers'), state.strays()], ['12', false]);
});

test('whoever leaves a tour keeps what it showed', async () => {
  open('tour=relu');
  assert.equal(state.get('tour'), 'relu/1');
  state.set({ tour: '' });
  await rest();
  assert.equal(new URLSearchParams(location.hash.slice(1)).get('f'), 'relu;leaky_relu');
});

test('every step of every tour asks for what the page has, in five or six steps and two languages', () => {
  for (const tour of tours) {
    assert.ok(tour.steps.length === 5 || tour.steps.length === 6, tour.name);
    tour.steps.forEach((step, i) => {
      open(`tour=${tour.name}/${i + 1}`);
      assert.deepEqual(state.refused(), []);
      for (const [key, value] of new URLSearchParams(step.link))
        assert.equal(state.get(key), value, `${tour.name}/${i + 1}`);
      assert.ok([...step.title, ...step.text].every(words => words.length > 0) && step.text.length === 2);
      assert.match(step.text[1], /[\u4e00-\u9fff]/);
    });
  }
});
