// Of the runtime's loader what the page uses; a build of the page brings it.
export const dotnet: {
  create(): Promise<{
    getAssemblyExports(name: string): Promise<{ Nonlinear: { Explorer: { Exports: import('../page').Library } } }>;
    getConfig(): { mainAssemblyName: string };
    runMain(): Promise<number>;
  }>;
};
