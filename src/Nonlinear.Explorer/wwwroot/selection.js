// The functions that are shown together. Each keeps its colour while others come and go and while its parameters change.
import { state } from './state.js';
import { free } from './palette.js';

let slots = [];

/** The functions with their colour slots. */
export function shown() {
  const spellings = state.list('f');
  // A link brought others: colours from the start.
  if (slots.length !== spellings.length)
    slots = spellings.map((_, i) => i);
  return spellings.map((spelling, i) => ({ spelling, slot: slots[i] }));
}

export function add(spelling) {
  const before = shown().map(each => each.spelling);
  slots = [...slots, free(slots)];
  state.set({ f: [...before, spelling].join(';') });
}

export function remove(place) {
  const before = shown().map(each => each.spelling);
  slots = slots.filter((_, i) => i !== place);
  state.set({ f: before.filter((_, i) => i !== place).join(';') });
}

export function replace(place, spelling) {
  state.set({ f: shown().map((each, i) => i === place ? spelling : each.spelling).join(';') });
}
