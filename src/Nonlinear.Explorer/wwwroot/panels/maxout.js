export function maxout(root, state) { return () => {}; }
