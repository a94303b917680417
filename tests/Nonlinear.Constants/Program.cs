using Nonlinear.Constants;
using Nonlinear.Oracle;

// Writes the constants of the library: dotnet run -c Release --project tests/Nonlinear.Constants
// With --check it only says which files differ.
if (!Oracle.IsAvailable)
{
    Console.Error.WriteLine(Oracle.WhyNot);
    return 1;
}
if (!Sollya.IsAvailable)
    Console.Error.WriteLine(Sollya.WhyNot + " Its coefficients stay as they are.");

bool check = args.Contains("--check");
int different = 0;
Directory.CreateDirectory(Library.Folder);
foreach ((string name, string text) in Library.Files(Sollya.IsAvailable))
{
    string path = Path.Combine(Library.Folder, name);
    if (File.Exists(path) && File.ReadAllText(path) == text)
        continue;
    different++;
    Console.WriteLine(path);
    if (!check)
        File.WriteAllText(path, text);
}
Console.WriteLine(different == 0 ? "Every file is as it should be." : $"{different} files {(check ? "differ" : "written")}.");
return check ? different : 0;
