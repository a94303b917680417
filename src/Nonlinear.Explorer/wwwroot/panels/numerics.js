export function numerics(root, state) { return () => {}; }
