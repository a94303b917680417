using Nonlinear.Attacks;

// Damages models at random and has each diagnosed: there must be an answer or a refusal in words. The same numbers give the same damage.
//   --count N --seconds S --seed N --first N --workers N --models FOLDER --keep FOLDER --verbose
AttackOptions options = AttackOptions.Parse(args);
if (AttackOptions.Value(args, "--worker") is { } folder)
{
    Memory.Bound();
    Worker.Run(options, options.First, options.First + options.Count, folder);
    return 0;
}
return new Attack(options).Run() ? 0 : 1;
