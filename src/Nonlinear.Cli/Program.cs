using Nonlinear.Cli;

return await Tool.RunAsync(args);
