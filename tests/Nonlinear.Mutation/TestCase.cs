using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Nonlinear.Mutation;

/// <summary>A test, or a row of a theory, that can be called again and again in one process.</summary>
internal sealed class TestCase
{
    // So xunit says that a test is skipped.
    private const string SkipMark = "$XunitDynamicSkip$";

    private readonly MethodInfo _method;
    private readonly object?[] _arguments;

    private TestCase(MethodInfo method, object?[] arguments, string name) => (_method, _arguments, Name) = (method, arguments, name);

    /// <summary>The class, the method and the row.</summary>
    public string Name { get; }

    /// <summary>How many seconds of a processor it took.</summary>
    public double Seconds { get; private set; }

    /// <summary>How many mutants it has killed.</summary>
    public int Kills { get; set; }

    // The rows of theories are wanted to the end of the process.
    private static readonly DisposalTracker Rows = new();

    /// <summary>The cases of a class of tests.</summary>
    public static IEnumerable<TestCase> Of(Type type)
    {
        foreach (MethodInfo method in type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)) && !method.IsGenericMethod))
        {
            if (!method.IsDefined(typeof(TheoryAttribute)))
                yield return new(method, [], $"{type.Name}.{method.Name}");
            int row = 0;
            foreach (IDataAttribute data in method.GetCustomAttributes().OfType<IDataAttribute>())
            {
                foreach (ITheoryDataRow one in data.GetData(method, Rows).AsTask().GetAwaiter().GetResult())
                    yield return new(method, Complete(method, one.GetData()), $"{type.Name}.{method.Name}, row {++row}");
            }
        }
    }

    /// <summary>Whether it passes.</summary>
    public bool Passes()
    {
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        try
        {
            object? instance = _method.IsStatic ? null : Activator.CreateInstance(_method.DeclaringType!);
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
            return (failure.InnerException ?? failure).Message.StartsWith(SkipMark, StringComparison.Ordinal);
        }
        finally
        {
            Seconds = (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
        }
    }

    private static object?[] Complete(MethodInfo method, object?[] given) =>
        [.. given, .. method.GetParameters().Skip(given.Length).Select(parameter => parameter.DefaultValue)];
}
