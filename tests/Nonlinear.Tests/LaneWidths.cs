using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>
/// Computes at widths that are not the processor's. The width of a process never changes; so each width has a copy of the library, and of
/// these tests, loaded beside the usual one. Nothing is shared between them: tests of other widths may run at the same time.
/// </summary>
internal static class LaneWidths
{
    private static readonly ConcurrentDictionary<int, Lazy<Assembly>> Copies = new();

    /// <summary>Every width there is, the processor's among them.</summary>
    public static IReadOnlyList<int> All { get; } = [1, 2, 4, 8];

    /// <summary>Computes at a width; an exception comes out as it was thrown.</summary>
    /// <param name="width">8, 4, 2 or 1.</param>
    /// <param name="compute">A static method that is not generic and not a lambda.</param>
    /// <param name="argument">Its argument.</param>
    public static byte[] Compute(int width, Func<string, byte[]> compute, string argument)
    {
        Type type = Copies.GetOrAdd(width, width => new(() => Load(width))).Value.GetType(compute.Method.DeclaringType!.FullName!)!;
        MethodInfo copy = type.GetMethod(compute.Method.Name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        try
        {
            return (byte[])copy.Invoke(null, [argument])!;
        }
        catch (TargetInvocationException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    private static Assembly Load(int width)
    {
        Assembly tests = new Copy(width).LoadFromAssemblyName(typeof(LaneWidths).Assembly.GetName());
        Type copy = tests.GetType(typeof(LaneWidths).FullName!)!;
        copy.GetMethod(nameof(Choose), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [width]);
        return tests;
    }

    // Runs in the copy.
    private static void Choose(int width) => VectorWidth.Choose(width);

    private sealed class Copy(int width) : AssemblyLoadContext($"vectors of {width}")
    {
        // The project's own assemblies; all others are the usual ones.
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            bool own = assemblyName.Name!.StartsWith(nameof(Nonlinear), StringComparison.Ordinal) && File.Exists(path);
            return own ? LoadFromAssemblyPath(path) : null;
        }
    }
}
