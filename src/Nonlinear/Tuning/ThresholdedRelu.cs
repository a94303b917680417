namespace Nonlinear;

public readonly partial struct ThresholdedRelu
{
    static bool IElementwise<ThresholdedRelu>.RoundsNothing => true;
}
