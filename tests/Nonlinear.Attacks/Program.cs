using Nonlinear.Attacks;
using Nonlinear.Attacks.Fuzzing;
using Nonlinear.Attacks.Kills;
using Nonlinear.Attacks.Library;

// Damages models at random and has each diagnosed: there must be an answer or a refusal in words. The same numbers give the same damage.
// With --library the library is called at random instead: every result must be that of its element alone, and as exact as promised.
// With --bytes npy, csv, onnx or names such files are damaged at random and read; with --guided they come from afl-fuzz: see fuzz.sh.
// With --kills the tool is killed at random moments while it writes: the old or the new must be there, whole, and nothing else.
// A worker is killed with the others if --store names a database of PostgreSQL.
//   --count N --seconds S --seed N --first N --workers N --models FOLDER --keep FOLDER --store ADDRESS --verbose
AttackOptions options = AttackOptions.Parse(args);
if (AttackOptions.Value(args, "--worker") is { } folder)
{
    Memory.Bound();
    Worker.Run(options, options.First, options.First + options.Count, folder);
    return 0;
}
if (AttackOptions.Value(args, "--guided") is { } guided)
{
    GuidedFuzzing.Run(FuzzTarget.Named(guided), AttackOptions.Value(args, "--tally"));
    return 0;
}
if (AttackOptions.Value(args, "--bytes") is { } read)
{
    IReadOnlyList<string> faults = new ByteAttack(options, FuzzTarget.Named(read)).Run();
    Console.WriteLine(string.Join('\n', faults));
    return faults.Count == 0 ? 0 : 1;
}
if (args.Contains("--library"))
    return new LibraryAttack(options).Run() ? 0 : 1;
if (args.Contains("--kills"))
    return new KillAttack(options).Run() ? 0 : 1;
return new Attack(options).Run() ? 0 : 1;
