using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Nonlinear.Mutation;

/// <summary>A test, or a row of a theory, that can be called again and again in one process.</summary>
internal sealed class TestCase
{
    // So xunit says that a test is skipped.
    private const string SkipMark = "$XunitDynamicSkip$";

    // To the end of the process: rows may hold what is disposed of with it.
    private static readonly DisposalTracker Kept = new();

    private readonly MethodInfo _method;
    private readonly object?[] _arguments;

    private TestCase(MethodInfo method, object?[] arguments, string name) => (_method, _arguments, Name) = (method, arguments, name);

    /// <summary>The class, the method and the row.</summary>
    public string Name { get; }

    /// <summary>The class and the method.</summary>
    public string Method => $"{_method.DeclaringType!.Name}.{_method.Name}";

    /// <summary>How many seconds of a processor it took the first time, when most is compiled.</summary>
    public double FirstSeconds { get; private set; }

    /// <summary>How many it took again.</summary>
    public double Seconds { get; private set; }

    /// <summary>Why it failed or was skipped, the last time it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>The mutants that it reaches.</summary>
    public IReadOnlySet<int> Reached { get; private set; } = new HashSet<int>();

    /// <summary>How many mutants it has killed.</summary>
    public int Kills { get; set; }

    /// <summary>The cases of a class of tests.</summary>
    public static IEnumerable<TestCase> Of(Type type)
    {
        foreach (MethodInfo method in type.GetMethods().Where(one => one.IsDefined(typeof(FactAttribute)) && !one.IsGenericMethod))
        {
            if (!method.IsDefined(typeof(TheoryAttribute)))
                yield return new(method, [], $"{type.Name}.{method.Name}");
            int row = 0;
            foreach (IDataAttribute data in method.GetCustomAttributes().OfType<IDataAttribute>())
            {
                foreach (ITheoryDataRow one in Rows(data, method))
                    yield return new(method, Complete(method, one.GetData()), $"{type.Name}.{method.Name}, row {++row}");
            }
        }
    }

    /// <summary>Finds out what it takes and reaches.</summary>
    /// <param name="mutants">The switch, by which it is found.</param>
    /// <param name="longest">What it may take; it is called once more if it seems to take longer, as most of the first time may be
    /// compilation.</param>
    /// <param name="longestAtFirst">Beyond that it is too long in any case.</param>
    /// <returns>Whether it passes.</returns>
    public bool Prepare(MutantSwitch mutants, double longest, double longestAtFirst)
    {
        mutants.Forget();
        double begun = Now();
        bool passes = Passes();
        double again = Now(), first = again - begun, seconds = first;
        int[] reached = mutants.Reached();
        if (passes && first > longest && first <= longestAtFirst)
        {
            passes = Passes();
            seconds = Now() - again;
        }
        Know(first, seconds, reached);
        return passes;

        static double Now() => Environment.CpuUsage.TotalTime.TotalSeconds;
    }

    /// <summary>Takes over what was found out before.</summary>
    public void Know(double firstSeconds, double seconds, IEnumerable<int> reached) =>
        (FirstSeconds, Seconds, Reached) = (firstSeconds, seconds, reached.ToHashSet());

    /// <summary>Whether it passes.</summary>
    public bool Passes()
    {
        try
        {
            object? instance = _method.IsStatic ? null : Create(_method.DeclaringType!);
            try
            {
                (_method.Invoke(instance, _arguments) as Task ?? Task.CompletedTask).GetAwaiter().GetResult();
            }
            finally
            {
                (instance as IDisposable)?.Dispose();
            }
            return true;
        }
#pragma warning disable CA1031 // Whatever a test throws is its failure.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = (failure.InnerException ?? failure).Message;
            return Failure.StartsWith(SkipMark, StringComparison.Ordinal);
        }
    }

    // What a test says goes nowhere.
    private static object? Create(Type type) =>
        type.GetConstructor([typeof(ITestOutputHelper)]) is { } talking
            ? talking.Invoke([TestContext.Current.TestOutputHelper])
            : Activator.CreateInstance(type);

    // What xunit returns for a property that makes its rows anew is empty again at once.
    private static IEnumerable<ITheoryDataRow> Rows(IDataAttribute data, MethodInfo method)
    {
        if (data is MemberDataAttribute member
            && (member.MemberType ?? method.DeclaringType!).GetProperty(member.MemberName) is { } property)
            return (IEnumerable<ITheoryDataRow>)property.GetValue(null)!;
        return data.GetData(method, Kept).AsTask().GetAwaiter().GetResult();
    }

    private static object?[] Complete(MethodInfo method, object?[] given) =>
        [.. given, .. method.GetParameters().Skip(given.Length).Select(parameter => parameter.DefaultValue)];
}
