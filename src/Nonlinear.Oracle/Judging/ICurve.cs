namespace Nonlinear.Oracle.Judging;

/// <summary>A function of one number, whose results or slopes are judged: its formula over every kind of number.</summary>
internal interface ICurve
{
    /// <summary>Whether its slopes are judged.</summary>
    bool Derivative { get; }

    /// <summary>The formula. Constants of many bits in it are good until the next <see cref="BigFloat.Reset"/>.</summary>
    Func<N, N> Formula<N>()
        where N : struct, INumber<N>;
}
