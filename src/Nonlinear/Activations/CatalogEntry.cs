namespace Nonlinear;

/// <summary>A function of the catalogue: what is known about it, how to make an activation of it, and its formula without one.</summary>
internal sealed record CatalogEntry(ActivationInfo Info, Func<double[], Activation> Create, Func<Formula> Formula)
{
    public static CatalogEntry Elementwise<F>()
        where F : struct, IElementwise<F> =>
        new(F.Info, values => ElementwiseActivation.Create<F>(values), FormulaFromCode.Forward<F>);

    public static CatalogEntry Gated<G>()
        where G : struct, IGated<G> => new(G.Info, values => GatedActivation.Create<G>(values), FormulaFromCode.Gated<G>);

    public static CatalogEntry AlongAxis<F>()
        where F : struct, IAlongAxis<F> => new(F.Info, _ => AxisActivation.Create<F>(), FormulaFromCode.AlongAxis<F>);

    public static CatalogEntry OfVector<F>()
        where F : struct, IOfVector<F> =>
        new(F.Info, values => AxisActivation.CreateOfVector<F>(values), () => F.Formula);
}
