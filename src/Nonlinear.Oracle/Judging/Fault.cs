namespace Nonlinear.Oracle.Judging;

/// <summary>In which way a result is wrong beyond its last digits.</summary>
public enum Fault
{
    /// <summary>It is 0 where the right value is not.</summary>
    Flushed,

    /// <summary>It has the other sign.</summary>
    WrongSign,

    /// <summary>It is the zero of the other sign.</summary>
    WrongZero,

    /// <summary>It is NaN where the right value is a number.</summary>
    NotANumber,

    /// <summary>It is a number where NaN is right.</summary>
    NumberForNaN,

    /// <summary>It is infinite where the right value is not.</summary>
    Infinite,

    /// <summary>It is finite where the right value is infinite.</summary>
    FiniteForInfinity,
}
