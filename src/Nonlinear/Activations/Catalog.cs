namespace Nonlinear;

/// <summary>All activation functions, in the order in which the guide presents them. One more function is one more line here.</summary>
public static class Catalog
{
    private static readonly CatalogEntry[] Entries =
    [
        CatalogEntry.Elementwise<Sigmoid>(),
        CatalogEntry.Elementwise<Tanh>(),
        CatalogEntry.Elementwise<Swish>(),
        CatalogEntry.Elementwise<Mish>(),
        CatalogEntry.Elementwise<Relu>(),
        CatalogEntry.Elementwise<LeakyRelu>(),
        CatalogEntry.Elementwise<Prelu>(),
        CatalogEntry.Elementwise<Elu>(),
        CatalogEntry.Elementwise<Selu>(),
        CatalogEntry.Elementwise<Gelu>(),
        CatalogEntry.Elementwise<GeluTanh>(),
        CatalogEntry.AlongAxis<Softmax>(),
        CatalogEntry.AlongAxis<LogSoftmax>(),
        CatalogEntry.AlongAxis<Softmin>(),
        CatalogEntry.OfVector<Hardmax>(),
        CatalogEntry.OfVector<Sparsemax>(),
        CatalogEntry.OfVector<Entmax>(),
        new(GumbelSoftmax.Info, values => AxisActivation.CreateGumbel(values)),
        new(Crelu.Info, _ => WidenedActivation.Create()),
        new(Maxout.Info, values => Maxout.Create(values)),
    ];

    /// <summary>What is known about each function.</summary>
    public static IReadOnlyList<ActivationInfo> All { get; } = [.. Entries.Select(entry => entry.Info)];

    /// <summary>Each function at its default parameters.</summary>
    public static IReadOnlyList<Activation> Defaults { get; } = [.. Entries.Select(entry => entry.Create([]))];

    // The function that a text names, as Parse(string) reads it; null, and what is wrong, if it names none.
    internal static Activation? Find(string text, out Exception? problem) => ActivationName.Read(text, Entries, out problem);
}
