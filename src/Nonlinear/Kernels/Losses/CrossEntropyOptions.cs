namespace Nonlinear.Kernels;

/// <summary>What <see cref="CrossEntropy"/> was told.</summary>
internal readonly record struct CrossEntropyOptions(int? IgnoredTarget, double LabelSmoothing, double[] ClassWeights, double ZLoss)
{
    public double WeightOf(int target) => ClassWeights.Length == 0 ? 1 : ClassWeights[target];

    /// <summary>The sum of the targets' weights, but for those ignored.</summary>
    public double Weight(ReadOnlySpan<int> targets)
    {
        CompensatedSum sum = default;
        foreach (int target in targets)
            sum.Add(target == IgnoredTarget || (ClassWeights.Length > 0 && (uint)target >= ClassWeights.Length) ? 0 : WeightOf(target));
        return sum.Value;
    }
}
