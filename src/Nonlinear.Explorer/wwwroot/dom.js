// Small helpers to build elements.

/**
 * An element with attributes (functions are listeners, false and null are left out) and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {import('@page').Attributes} attributes
 * @param {...(import('@page').Child | (import('@page').Child | import('@page').Child[])[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      element.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...written(children.flat(2)));
  return element;
}

const written = children => children.filter(child => child !== null && child !== undefined);

/**
 * The same in SVG.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {import('@page').Attributes} attributes
 * @param {...(import('@page').Child | import('@page').Child[])} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      element.addEventListener(name, value);
    else if (value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  element.append(...written(children.flat()));
  return element;
}

/**
 * What is drawn with on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext('2d', settings);
  if (context === null)
    throw new Error('The browser gives no canvas to draw on.');
  return context;
}

/**
 * An element of the page's own, by its id.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null)
    throw new Error(`The page has no #${id}.`);
  return element;
}

/** Does the work at most once a frame.
 * @param {() => void} work
 */
export function oncePerFrame(work) {
  let waiting = false;
  return () => {
    if (waiting)
      return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; work(); });
  };
}

/** A number with so many significant digits, minus sign and exponent as printers set them.
 * @param {number} value
 */
export function pretty(value, digits = 4) {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0)
    return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return `${trim(mantissa)} × 10${superscript(Number(exponent))}`.replace('-', '−').replace(/^(−?)1 × /, '$1');
  }
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** A number that the library has written, with a minus sign and ∞ as printers set them.
 * @param {string} written
 */
export const typeset = written => written.replaceAll('-', '−').replace('inf', '∞');

/** What it stands for.
 * @param {string} written
 */
export const numberIn = written => Number(written.replace('inf', 'Infinity'));

/** The number of an entry that is counted from 0, as an index counted from 1: x₁. */
export const index = i => [...String(i + 1)].map(digit => '₀₁₂₃₄₅₆₇₈₉'[digit]).join('');

export const superscript = exponent =>
  (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]).join('');

const trim = digits => digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;

/**
 * The value of a custom property of the style sheet; a colour of the system is told as the reader has it, for
 * canvases do not know.
 * @param {string} name
 */
export function style(name) {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return /^[A-Z][A-Za-z]+$/.test(value) ? systemColour(value) : value;
}

function systemColour(name) {
  const probe = document.createElement('span');
  probe.style.color = name;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
