// The functions that are shown together. Each keeps its colour while others come and go, while its parameters change,
// and in a link.
import { state } from './state.js';
import { free } from './palette.js';

/** The functions with their colour slots. */
export function shown() {
  const spellings = state.list('f'), slots = slotsOf(spellings.length);
  return spellings.map((spelling, i) => ({ spelling, slot: slots[i] }));
}

export const add = spelling => show([...shown(), { spelling, slot: free(shown().map(each => each.slot)) }]);

export const remove = place => show(shown().filter((_, i) => i !== place));

export const replace = (place, spelling) => show(shown().map((each, i) => i === place ? { ...each, spelling } : each));

// In their order, unless the state says otherwise.
function slotsOf(count) {
  const asked = state.get('slots').split(',').filter(Boolean).map(Number), slots = [];
  for (let i = 0; i < count; i++)
    slots.push(i < asked.length && !slots.includes(asked[i]) ? asked[i] : free([...slots, ...asked]));
  return slots;
}

function show(all) {
  const slots = all.map(each => each.slot);
  state.set({
    f: all.map(each => each.spelling).join(';'),
    slots: slots.every((slot, i) => slot === i) ? '' : slots.join(','),
  });
}
