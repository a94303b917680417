// In place of the runtime: a library of a few functions.
const slope = { name: 'beta', symbol: 'β', default: 1, from: -4, to: 4, integer: false };
const entries = [
  ...['sigmoid', 'tanh', 'relu', 'leaky_relu', 'gelu', 'gelu_tanh', 'quick_gelu', 'elu']
    .map(name => ({ name, parameters: [] })),
  { name: 'swish', parameters: [slope] },
].map(entry => ({ ...entry, title: entry.name, shape: 'elementwise', aliases: [] }));
entries.push({ name: 'softmax', title: 'Softmax', shape: 'vector', aliases: [], parameters: [] });

const Exports = {
  Functions: () => JSON.stringify(entries),
  Spell: text => {
    const bare = text.toLowerCase().replace('silu', 'swish');
    const isKnown = entries.some(entry => bare === entry.name || bare.startsWith(`${entry.name}(`));
    return isKnown ? [bare, ''] : ['', 'no function'];
  },
  CanContest: () => true,
};

export const dotnet = {
  create: async () => ({
    getAssemblyExports: async () => ({ Nonlinear: { Explorer: { Exports } } }),
    getConfig: () => ({ mainAssemblyName: 'Nonlinear.Explorer' }),
    runMain: async () => 0,
  }),
};
