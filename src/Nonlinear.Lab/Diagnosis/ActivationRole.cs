namespace Nonlinear.Lab.Diagnosis;

/// <summary>What an activation is for in its network: what is a fault in one role is the purpose of another.</summary>
public enum ActivationRole
{
    /// <summary>Between layers: its units should use their curve, and gradients should pass.</summary>
    Hidden,

    /// <summary>It multiplies another tensor, as in squeeze-and-excite, gated linear units or the gates of an LSTM.</summary>
    Gate,

    /// <summary>It makes an output of the model, which may be sure of itself.</summary>
    Output,
}
