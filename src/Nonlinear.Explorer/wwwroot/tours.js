// The guided tours: which there are, and what a place in one, such as relu/2, stands for.
import { gelu } from './tours/gelu.js';
import { relu } from './tours/relu.js';
import { sigmoid } from './tours/sigmoid.js';

/** @type {import('@page').Tour[]} */
export const tours = [sigmoid, relu, gelu];

/**
 * The tour, its step and the step's number from 1 of a place such as relu/2, or null; a name alone is its first step.
 * @param {string} text
 * @returns {import('@page').Place | null}
 */
export function placeIn(text) {
  const [, name, digits = '1'] = /^([a-z]+)(?:\/(\d+))?$/.exec(text) ?? [];
  const tour = tours.find(each => each.name === name);
  const number = Number(digits), step = tour?.steps[number - 1];
  return tour && step ? { tour, step, number } : null;
}

/**
 * The address of a place.
 * @param {import('@page').Tour} tour
 * @param {number} number
 */
export const addressOf = (tour, number) => `${tour.name}/${number}`;
