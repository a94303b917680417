// For the check of types alone (tests/page), and not published.
export { default } from 'uplot';
