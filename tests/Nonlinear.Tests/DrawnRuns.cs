using System.Reflection;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>Runs that nobody carries out: their results are drawn, so that what is said of them can be read within a second.</summary>
/// <param name="seed">Which results.</param>
internal sealed class DrawnRuns(int seed) : IRunPlace
{
    // As long as the longest list of a study: a number for each of a hundred layers, or epochs and one before them.
    private const int Longest = 101;

    private readonly RandomStream _random = new(seed, "runs");

    /// <inheritdoc/>
    public int Threads => 1;

    /// <inheritdoc/>
    public bool HandsOut => false;

    /// <inheritdoc/>
    public IRunPlace OneAtATime => this;

    /// <inheritdoc/>
    public IReadOnlyList<TResult> Run<TConfiguration, TResult>(
        string study,
        IReadOnlyList<TConfiguration> configurations,
        Func<TConfiguration, TResult> run,
        Action finished,
        CancellationToken cancellation) => [.. configurations.Select(_ => (TResult)Drawn(typeof(TResult)))];

    private object Drawn(Type type)
    {
        if (type == typeof(double))
            return 0.01 + (0.98 * _random.Below(1000) / 1000);
        if (type == typeof(int) || type == typeof(long))
            return Convert.ChangeType(1 + _random.Below(1000), type, null);
        if (type == typeof(bool))
            return _random.Below(4) == 0;
        if (type.IsArray)
        {
            Array array = Array.CreateInstance(type.GetElementType()!, Longest);
            for (int i = 0; i < array.Length; i++)
                array.SetValue(Drawn(type.GetElementType()!), i);
            return array;
        }
        ConstructorInfo constructor = type.GetConstructors().Single(made => made.GetParameters().Length > 1);
        return constructor.Invoke([.. constructor.GetParameters().Select(part => Drawn(part.ParameterType))]);
    }
}
