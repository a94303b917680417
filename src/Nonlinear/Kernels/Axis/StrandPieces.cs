namespace Nonlinear.Kernels;

/// <summary>Which inputs a loop over <see cref="SixteenStrands"/> runs through: pieces of one length of some vectors.</summary>
/// <param name="Count">The number of vectors.</param>
/// <param name="Stride">How far one begins behind the other.</param>
/// <param name="Length">The length of a piece, a whole number of inputs for each strand.</param>
/// <param name="Tail">
/// So many inputs follow, fewer than there are strands: they go to the last strands, and are loaded with those before them.
/// </param>
/// <param name="InPairs">
/// Whether two exponentials are added before they are added to the sum. One more rounding is no harm to a long sum that nothing is
/// subtracted from, and saves half of the additions.
/// </param>
/// <param name="Begins">Whether the sums begin here.</param>
internal readonly record struct StrandPieces(int Count, int Stride, int Length, int Tail, bool InPairs, bool Begins);
