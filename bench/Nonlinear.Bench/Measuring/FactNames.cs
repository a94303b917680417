namespace Nonlinear.Bench.Measuring;

/// <summary>What the facts are called that pages tell runs apart by or show in other places than their own table.</summary>
internal static class FactNames
{
    /// <summary>About the machine.</summary>
    public const string Processor = "processor", Vectors = "vectors", System = "system";

    /// <summary>About the run.</summary>
    public const string Measured = "measured", Rivals = "rivals";
}
