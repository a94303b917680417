using Nonlinear.Lab.Data;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What a network should beat.</summary>
internal enum FloorKind
{
    /// <summary>The same answer for every row: the class that most rows have, or the mean.</summary>
    Constant,

    /// <summary>A linear model, or a logistic one.</summary>
    Linear,
}

/// <summary>A model without hidden layers, fitted to the same rows as the networks of a seed.</summary>
internal sealed record FloorRun(string Data, FloorKind Kind, int Seed)
{
    /// <summary>Fits the model, and judges it by the test part.</summary>
    public FloorResult Carry(Dataset data)
    {
        (DataPart train, DataPart validation, DataPart test) = data.Split(Seed);
        Network model = Kind == FloorKind.Constant ? LinearModel.Constant(train) : LinearModel.Fit(train, validation);
        Evaluation evaluation = Evaluation.Of(model, test);
        return new(ChoiceRun.Bounded(evaluation.Score), evaluation.Balanced, evaluation.Loss);
    }

    /// <summary>What such a model is called.</summary>
    public static Text NameOf(FloorKind kind, Dataset data) => (kind, data.IsClassification) switch
    {
        (FloorKind.Constant, true) => new("majority class", "多数类"),
        (FloorKind.Constant, false) => new("mean", "均值"),
        (_, true) => new("logistic model", "逻辑回归模型"),
        _ => new("linear model", "线性模型"),
    };
}

/// <summary>How a model without hidden layers did on rows not learned from.</summary>
/// <param name="Score">The accuracy or R².</param>
/// <param name="Balanced">The accuracy as a mean over the classes.</param>
/// <param name="Loss">The cross-entropy, or half the squared error in units of the target's variance.</param>
internal sealed record FloorResult(double Score, double Balanced, double Loss);
