namespace Nonlinear;

/// <summary>A function of the catalogue: what is known about it, and how to make an activation of it.</summary>
internal sealed record CatalogEntry(ActivationInfo Info, Func<double[], Activation> Create)
{
    public static CatalogEntry Elementwise<F>()
        where F : struct, IElementwise<F> => new(F.Info, values => ElementwiseActivation.Create<F>(values));

    public static CatalogEntry Gated<G>()
        where G : struct, IGated<G> => new(G.Info, values => GatedActivation.Create<G>(values));

    public static CatalogEntry AlongAxis<F>()
        where F : struct, IAlongAxis<F> => new(F.Info, _ => AxisActivation.Create<F>());

    public static CatalogEntry OfVector<F>()
        where F : struct, IOfVector<F> => new(F.Info, values => AxisActivation.CreateOfVector<F>(values));
}
