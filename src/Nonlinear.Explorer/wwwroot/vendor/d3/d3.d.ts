// For the check of types alone (tests/page), and not published.
export * from '@d3';
