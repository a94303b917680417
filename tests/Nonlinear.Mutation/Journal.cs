using System.Globalization;

namespace Nonlinear.Mutation;

/// <summary>What became of mutants, in a file that outlives the process: some mutants end it.</summary>
internal sealed class Journal
{
    private const string Begun = "begun", Killed = "killed", Survived = "survived";

    private readonly string _path;
    private readonly Dictionary<int, string> _known = [];

    /// <summary>Reads what is known.</summary>
    /// <param name="paths">The files; what becomes known goes to the first.</param>
    /// <param name="hasCrashed">Whether the process before crashed, by the mutant that it had begun; otherwise somebody stopped it.</param>
    public Journal(string[] paths, bool hasCrashed)
    {
        _path = paths[0];
        foreach (string[] cells in paths.Where(File.Exists).SelectMany(File.ReadLines).Select(line => line.Split('\t')))
            _known[int.Parse(cells[0], CultureInfo.InvariantCulture)] = cells[1];
        foreach ((int mutant, _) in _known.Where(one => one.Value == Begun).ToArray())
        {
            if (hasCrashed)
                Write(mutant, Killed, "it ended the process");
            else
                Forget(mutant);
        }
    }

    /// <summary>Whether it is known what became of a mutant.</summary>
    public bool Knows(Mutant mutant) => _known.ContainsKey(mutant.Id);

    /// <summary>Whether a mutant was killed.</summary>
    public bool HasKilled(Mutant mutant) => _known.GetValueOrDefault(mutant.Id) == Killed;

    /// <summary>A mutant is tried now.</summary>
    public void Begin(Mutant mutant) => Write(mutant.Id, Begun, "");

    /// <summary>A test has failed, or none.</summary>
    public void End(Mutant mutant, bool isKilled, string why) => Write(
        mutant.Id, isKilled ? Killed : Survived, $"{mutant.Place}\t{mutant.Kind}\t{mutant.Replacement}\t{why}");

    /// <summary>A mutant will be tried again, in another process.</summary>
    public void Forget(Mutant mutant) => Forget(mutant.Id);

    private void Forget(int mutant)
    {
        _known.Remove(mutant);
        string mine = mutant.ToString(CultureInfo.InvariantCulture) + "\t";
        File.WriteAllLines(_path, [.. File.ReadLines(_path).Where(line => !line.StartsWith(mine, StringComparison.Ordinal))]);
    }

    private void Write(int mutant, string what, string more)
    {
        _known[mutant] = what;
        File.AppendAllText(_path, $"{mutant.ToString(CultureInfo.InvariantCulture)}\t{what}\t{more}\n");
    }
}
