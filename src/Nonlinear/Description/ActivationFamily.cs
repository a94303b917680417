namespace Nonlinear;

/// <summary>What functions have in common, for lists that would be too long without.</summary>
public enum ActivationFamily
{
    /// <summary>None of the others: a function of your own, unless it says otherwise.</summary>
    Other,

    /// <summary>Those of the guide's tour, which everyone meets first.</summary>
    Tutorial,

    /// <summary>Kin of ReLU: flat or nearly so on the left, rising on the right.</summary>
    Rectifier,

    /// <summary>The argument times a gate between 0 and 1.</summary>
    Gate,

    /// <summary>Held between two bounds.</summary>
    Bounded,

    /// <summary>0, or another fixed value, up to a threshold.</summary>
    Threshold,

    /// <summary>Powers, straight lines and other functions from school.</summary>
    Plain,

    /// <summary>Functions of a whole vector.</summary>
    AlongAxis,

    /// <summary>Functions of two numbers: a value times a function of a gate.</summary>
    GatedUnit,
}
