using Nonlinear;
using Nonlinear.Oracle;
using Nonlinear.References;

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
    Write(activation.Info.Name, Reference.Of(activation.Info).Select(reference => reference.ToString()));
    Write(activation.Info.Name + ".ulps", FineReference.Of(activation).Select(reference => reference.ToString()));
}
return 0;

void Write(string name, IEnumerable<string> lines)
{
    string path = Path.Combine(folder, name + ".csv");
    string[] all = [.. lines];
    File.WriteAllText(path, string.Join('\n', all) + "\n");
    Console.WriteLine($"{path}: {all.Length} values");
}
