namespace Nonlinear.Bench.Measuring;

/// <summary>The library in both tiers.</summary>
internal static class Ours
{
    /// <summary>Forward.</summary>
    public static IEnumerable<Contestant> Forward(Job job)
    {
        (Floats x, Floats value, Floats y) = (job.X, job.Value, job.Y);
        int[] shape = [job.Rows, job.Columns];
        foreach ((string tier, Activation activation) in Tiers(job.Activation))
        {
            yield return new(Part.Ours, tier, activation switch
            {
                AxisActivation axis => () => axis.Forward(x.Span, y.Span, shape, 1),
                PooledActivation pooled => Pooled(pooled, x, y),
                GatedActivation gated => () => gated.Forward<float>(x.Span, value.Span, y.Span),
                _ => () => activation.Forward(x.Span, y.Span),
            });
        }
    }

    /// <summary>Backward from the inputs and, where they suffice, from the saved outputs.</summary>
    public static IEnumerable<Contestant> Backward(Job job)
    {
        (Floats x, Floats dy, Floats dx, Floats saved) = (job.X, job.Dy, job.Y, job.Saved);
        int[] shape = [job.Rows, job.Columns];
        foreach ((string tier, Activation activation) in Tiers(job.Activation))
        {
            yield return new(Part.Ours, tier, activation switch
            {
                AxisActivation axis => () => axis.Backward(x.Span, dy.Span, dx.Span, shape, 1),
                GatedActivation gated =>
                    () => gated.Backward<float>(x.Span, job.Value.Span, dy.Span, dx.Span, job.ValueGradient.Span),
                _ => () => activation.Backward(x.Span, dy.Span, dx.Span),
            });
        }
        foreach ((string tier, Activation activation) in Tiers(job.Activation))
        {
            Action? call = activation switch
            {
                AxisActivation axis => () => axis.BackwardFromOutput(saved.Span, dy.Span, dx.Span, shape, 1),
                ElementwiseActivation { HasDerivativeFromOutput: true } elementwise =>
                    () => elementwise.BackwardFromOutput(saved.Span, dy.Span, dx.Span),
                _ => null,
            };
            if (call is not null)
                yield return new(Part.Ours, tier + TierNames.FromOutput, call);
        }
    }

    private static Action Pooled(PooledActivation pooled, Floats x, Floats y)
    {
        Floats outputs = y.First(x.Length / pooled.Pieces), inputs = x.First(outputs.Length * pooled.Pieces);
        return () => pooled.Forward(inputs.Span, outputs.Span);
    }

    private static IEnumerable<(string Tier, Activation Activation)> Tiers(Activation activation)
    {
        yield return (TierNames.Exact, activation);
        if (activation.Fast != activation)
            yield return (TierNames.Fast, activation.Fast);
    }
}
