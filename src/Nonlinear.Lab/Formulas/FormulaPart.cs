namespace Nonlinear.Lab.Formulas;

/// <summary>A part of a formula as it was written.</summary>
/// <param name="Place">Where it begins in the text, counted from 1.</param>
internal abstract record FormulaPart(int Place);

/// <summary>A number.</summary>
internal sealed record NumberPart(int Place, double Value) : FormulaPart(Place);

/// <summary>A letter or a word: the argument, a constant or a parameter.</summary>
internal sealed record NamePart(int Place, string Name) : FormulaPart(Place);

/// <summary>A function of one or two parts.</summary>
internal sealed record CallPart(int Place, string Name, IReadOnlyList<FormulaPart> Arguments) : FormulaPart(Place);

/// <summary>Two parts with an operator between them.</summary>
internal sealed record OperatorPart(int Place, char Sign, FormulaPart Left, FormulaPart Right) : FormulaPart(Place);

/// <summary>A part with a minus before it.</summary>
internal sealed record NegativePart(int Place, FormulaPart Of) : FormulaPart(Place);
