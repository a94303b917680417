namespace Nonlinear.Explorer;

/// <summary>What of a function is compared with the textbook.</summary>
internal enum ContestSide
{
    /// <summary>The function, by the formula that is printed for it.</summary>
    Function,

    /// <summary>Its derivative, by the formula that is printed for it.</summary>
    Derivative,

    /// <summary>Its derivative as it is often written: <see cref="Explorer.Habit"/>.</summary>
    Habit,
}
