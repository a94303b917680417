namespace Nonlinear;

/// <summary>
/// The catalogue of a native library for tests alone: one function of each kind. All of them take five minutes to compile ahead of time.
/// </summary>
/// <remarks>It stands for Catalog.cs where the property FewFunctions is set: Nonlinear.csproj.</remarks>
public static class Catalog
{
    private static readonly CatalogEntry[] Entries =
    [
        CatalogEntry.Elementwise<Tanh>(),
        CatalogEntry.Elementwise<Relu>(),
        CatalogEntry.Elementwise<Elu>(),
        CatalogEntry.Elementwise<Gelu>(),
        CatalogEntry.Gated<Swiglu>(),
        CatalogEntry.AlongAxis<Softmax>(),
        CatalogEntry.OfVector<Sparsemax>(),
        new(Crelu.Info, _ => WidenedActivation.Create(), () => Crelu.Formula),
        new(Maxout.Info, values => Maxout.Create(values), () => Maxout.Formula),
    ];

    /// <summary>What is known about each function.</summary>
    public static IReadOnlyList<ActivationInfo> All { get; } = [.. Entries.Select(entry => entry.Info)];

    /// <summary>None: nothing is shown or trained here.</summary>
    public static IReadOnlyList<Activation> Tutorial => [];

    /// <summary>Each function at its default parameters.</summary>
    public static IReadOnlyList<Activation> Defaults { get; } = [.. Entries.Select(entry => entry.Create([]))];

    internal static Activation? Find(string text, out Exception? problem) => ActivationName.Read(text, Entries, out problem);
}
