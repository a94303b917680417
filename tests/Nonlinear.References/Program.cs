using Nonlinear;
using Nonlinear.Oracle;

// Writes the reference values that the tests read: dotnet run -c Release --project tests/Nonlinear.References
if (!Oracle.IsAvailable)
{
    Console.Error.WriteLine(Oracle.WhyNot);
    return 1;
}

string folder = args.Length > 0 ? args[0] : Path.Combine("tests", "Nonlinear.Tests", "References");
Directory.CreateDirectory(folder);
foreach (ElementwiseActivation activation in Catalog.Defaults.OfType<ElementwiseActivation>())
{
    string path = Path.Combine(folder, activation.Info.Name + ".csv");
    string[] lines = [.. Reference.Of(activation.Info).Select(reference => reference.ToString())];
    File.WriteAllText(path, string.Join('\n', lines) + "\n");
    Console.WriteLine($"{path}: {lines.Length} values");
}
return 0;
