namespace Nonlinear.Lab.Diagnosis;

/// <summary>What a softmax did.</summary>
/// <param name="Entropy">The mean entropy of its rows, from 0 (one class has it all) to 1 (all classes the same).</param>
/// <param name="SureRows">The share of rows in which one class has more than 99%.</param>
/// <param name="SaturatedRows">
/// The share of rows in which one class has all of it but for a part in ten million: no gradient passes there.
/// </param>
public sealed record SoftmaxDiagnosis(double Entropy, double SureRows, double SaturatedRows);
