namespace Nonlinear;

/// <summary>The shape of attention's scores: a number for every key, in a row for every query, of every head, of every member of a batch;
/// row-major.</summary>
/// <param name="Batch">The members of the batch.</param>
/// <param name="Heads">The heads.</param>
/// <param name="Queries">The queries of a head.</param>
/// <param name="Keys">The keys that a query may attend to.</param>
public readonly record struct AttentionShape(int Batch, int Heads, int Queries, int Keys)
{
    // The number of rows, each of which softmax makes sum to 1.
    internal int Rows => Keys == 0 ? 0 : Batch * Heads * Queries;

    // Whether a tensor of this shape can be spread over another: each extent is the other's or 1.
    internal bool SpreadsOver(AttentionShape other) =>
        Fits(Batch, other.Batch) && Fits(Heads, other.Heads) && Fits(Queries, other.Queries) && Fits(Keys, other.Keys);

    // Where the numbers of a row of another shape begin in a tensor that is spread over it.
    internal int StartOfRow(int row, AttentionShape other)
    {
        (int head, int query) = Math.DivRem(row, Math.Max(other.Queries, 1));
        (int member, head) = Math.DivRem(head, Math.Max(other.Heads, 1));
        return (((((Batch == 1 ? 0 : member) * Heads) + (Heads == 1 ? 0 : head)) * Queries) + (Queries == 1 ? 0 : query)) * Keys;
    }

    // Throws if an extent is negative, or the numbers are more or fewer than it says.
    internal void Check(int length, string name)
    {
        if (Batch < 0 || Heads < 0 || Queries < 0 || Keys < 0)
            throw new ArgumentException($"{this} has a negative extent.", name);
        Int128 numbers = (Int128)Batch * Heads * Queries * Keys;
        if (numbers != length)
            throw new ArgumentException($"{this} is {numbers} numbers; there are {length}.", name);
    }

    private static bool Fits(int extent, int other) => extent == other || extent == 1;
}
