using System.Reflection;
using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>
/// Every public method that computes on spans, of every function, on every type, in both tiers, on one thread and on two: the bits of calls
/// of one element, or of one row, and in what the method has in common with simpler ones the bits of those.
/// </summary>
public class PublicOperationTests
{
    private static readonly Type[] Kinds =
    [
        typeof(Activation), typeof(ElementwiseActivation), typeof(AxisActivation), typeof(PooledActivation), typeof(WidenedActivation),
        typeof(GatedActivation), typeof(CrossEntropy),
    ];

    /// <summary>
    /// What there is, as the library itself says; a method that is new has a row at once, and fails until it has its case.
    /// </summary>
    public static TheoryData<string, string> Subjects
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (Activation activation in Catalog.Defaults)
            {
                // Of functions that take the same ways as others, what is used most.
                bool isWhole = activation switch
                {
                    ElementwiseActivation => TestCatalog.Routes.Contains(activation.Info.Name) || activation.Info.Parameters.Count > 1,
                    GatedActivation => activation.Info.Name is "swiglu" or "reglu",
                    _ => true,
                };
                foreach (string operation in Operations(typeof(Activation)).Concat(Operations(activation.GetType())))
                {
                    if (isWhole || operation is "Forward(x, y)" or "Backward(x, dy, dx)" or "Forward(gate, value, y)")
                        rows.Add(activation.ToString(), operation);
                }
            }
            return rows;
        }
    }

    public static TheoryData<string> Losses => [.. Operations(typeof(CrossEntropy))];

    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(Subjects))]
    public void Results_have_the_bits_of_one_element_or_one_row_at_a_time(string name, string operation)
    {
        Activation exact = Activation.Parse(name);
        Spans.ForEachTypeOf(exact, Test(exact, operation));
        if (exact.Fast != exact)
            Spans.ForEachTypeOf(exact, Test(exact.Fast, operation));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_have_the_bits_of_one_row_at_a_time(string operation)
    {
        const int Rows = 7001, Classes = 11;
        float[] x = [.. Spans.Ordinary(Rows * Classes, seed: 3, scale: 9).Select(value => (float)value)];
        double[] wide = Spans.Ordinary(Rows * Classes, seed: 4, scale: 9);
        int[] targets = [.. Enumerable.Range(0, Rows).Select(row => row * 7 % Classes)];
        foreach (CrossEntropy loss in (CrossEntropy[])[new(), new CrossEntropy().OnThreads(2)])
        {
            switch (operation)
            {
                case "Forward(logits, targets, losses)":
                    Compare<float>(
                        x,
                        (x, targets, losses, _) => loss.Forward(x, targets, losses),
                        (x, t, losses, _) => new CrossEntropy().Forward(x, t, losses));
                    Compare<double>(
                        wide,
                        (x, t, losses, _) => loss.Forward(x, t, losses),
                        (x, t, losses, _) => new CrossEntropy().Forward(x, t, losses));
                    break;
                case "ForwardWithGradient(logits, targets, losses, dlogits, scale)":
                    Compare<float>(
                        x,
                        (x, t, l, d) => loss.ForwardWithGradient(x, t, l, d, 0.3f),
                        (x, t, l, d) => new CrossEntropy().ForwardWithGradient(x, t, l, d, 0.3f));
                    Compare<double>(
                        wide,
                        (x, t, l, d) => loss.ForwardWithGradient(x, t, l, d, 0.3),
                        (x, t, l, d) => new CrossEntropy().ForwardWithGradient(x, t, l, d, 0.3));
                    // Without the gradient the loss is the same.
                    Compare<float>(
                        x,
                        (x, t, l, d) => loss.ForwardWithGradient(x, t, l, new float[x.Length]),
                        (x, t, l, d) => new CrossEntropy().Forward(x, t, l));
                    Compare<double>(
                        wide,
                        (x, t, l, d) => loss.ForwardWithGradient(x, t, l, new double[x.Length]),
                        (x, t, l, d) => new CrossEntropy().Forward(x, t, l));
                    break;
                case "Sum(logits, targets)":
                    Compare<double>(wide, (x, t, l, _) => loss.Forward(x, t, l), (x, t, l, _) => l[0] = loss.Sum(x, t));
                    break;
                case "Mean(logits, targets)":
                    Compare<double>(wide, (x, t, l, _) => loss.Forward(x, t, l), (x, t, l, _) => l[0] = loss.Mean(x, t));
                    break;
                case "MeanWithGradient(logits, targets, dlogits)":
                    Compare<double>(
                        wide, (x, t, l, d) => loss.ForwardWithGradient(x, t, l, d), (x, t, l, d) => l[0] = loss.MeanWithGradient(x, t, d));
                    break;
                default:
                    Assert.Fail($"CrossEntropy.{operation} has no case in this test.");
                    break;
            }
        }

        void Compare<T>(T[] logits, Loss<T> whole, Loss<T> single)
            where T : unmanaged
        {
            T[] losses = new T[Rows], alone = new T[Rows], dlogits = new T[logits.Length], gradient = new T[logits.Length];
            whole(logits, targets, losses, dlogits);
            for (int row = 0; row < Rows; row++)
            {
                Range classes = (row * Classes)..((row + 1) * Classes);
                single(logits.AsSpan()[classes], targets.AsSpan(row, 1), alone.AsSpan(row, 1), gradient.AsSpan()[classes]);
            }
            AssertSame<T>(alone, losses, operation);
            AssertSame<T>(gradient, dlogits, operation);
        }
    }

    // These are about the formula and its number, and are tested with functions and numbers of one's own.
    [Fact]
    public void Every_generic_method_computes_on_spans_or_is_about_the_formula()
    {
        IEnumerable<string> others = Kinds
            .SelectMany(
                kind => kind.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsGenericMethodDefinition && !TakesSpans(method))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        Assert.Equal(
            [
                "AxisActivation.Create",
                "ElementwiseActivation.Create",
                "ElementwiseActivation.Evaluate",
                "ElementwiseActivation.EvaluateDerivative",
                "ElementwiseActivation.EvaluateKeepingDigits",
                "GatedActivation.Create",
                "GatedActivation.Evaluate",
            ],
            others.Order(StringComparer.Ordinal));
        Assert.Superset(
            (HashSet<string>)["Forward(x, y)", "Backward(x, dy, dx)", "Jacobian(x, jacobian)", "Forward(x, y, winners, shape, axis)"],
            Subjects.Select(row => row.Data.Item2).ToHashSet());
    }

    internal static void AssertSame<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged
    {
        ReadOnlySpan<byte> expectedBytes = MemoryMarshal.AsBytes(expected), actualBytes = MemoryMarshal.AsBytes(actual);
        if (expectedBytes.SequenceEqual(actualBytes))
            return;
        int place = expectedBytes.CommonPrefixLength(actualBytes) / Marshal.SizeOf<T>();
        Assert.Fail($"{what} on {typeof(T).Name}, element {place} of {actual.Length}: {actual[place]}, not {expected[place]}");
    }

    /// <summary>
    /// A number of elements that is divided among threads, and of which vectors of every width leave a rest; fewer for those functions that
    /// take the same ways through the loops as others: these are divided in <see cref="ThreadTests"/>.
    /// </summary>
    internal static int Length<T>(Activation activation)
        where T : unmanaged => IsThorough(activation.Info) ? (5 * 32_768 / Marshal.SizeOf<T>()) + 7 : 4607;

    // The tutorial's functions, among which is every way.
    private static bool IsThorough(ActivationInfo info) => info.Family == ActivationFamily.Tutorial;

    private static ITypedTest Test(Activation activation, string operation) => activation switch
    {
        ElementwiseActivation elementwise => new ElementwiseOperations(elementwise, operation),
        AxisActivation along => new AxisOperations(along, operation),
        PooledActivation pooled => new PooledOperations(pooled, operation),
        GatedActivation gated => new GatedOperations(gated, operation),
        WidenedActivation widened => new WidenedOperations(widened, operation),
        _ => throw new NotSupportedException($"{activation.GetType().Name} has no cases in this test."),
    };

    private static IEnumerable<string> Operations(Type kind) => kind
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(TakesSpans)
        .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})")
        .Distinct();

    private static bool TakesSpans(MethodInfo method) =>
        !method.IsStatic && method.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike);

    private delegate void Loss<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses, Span<T> dlogits);
}
