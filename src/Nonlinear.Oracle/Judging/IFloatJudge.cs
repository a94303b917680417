namespace Nonlinear.Oracle.Judging;

/// <summary>Judges results of a function of one number, one by one or where neighbours have the same.</summary>
internal interface IFloatJudge
{
    /// <summary>What is promised of the results.</summary>
    Guarantee Guarantee { get; }

    /// <summary>Whether the function has a kink between two inputs.</summary>
    bool HasKink(double first, double last);

    /// <summary>Whether all exact values between two inputs round to one number.</summary>
    bool IsEverywhere(double first, double last, double y);

    /// <summary>Judges a result, which is not counted.</summary>
    void LookAt(long index, double x, double y, Outcome outcome);
}
