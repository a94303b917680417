using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nonlinear.Layers;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>What this machine computes, in a few digits: equal on machines that come to the same results.</summary>
public static class MachineBits
{
    private const int Rows = 60, Features = 6, Classes = 3, Epochs = 2, Batch = 16, Every = 9, Digits = 16;

    /// <summary>
    /// A hash of the bits of a few small networks, trained with what this process trains with, and of models without hidden layers.
    /// </summary>
    public static string Fingerprint()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int classes in (int[])[Classes, 0])
        {
            DataPart data = Data(classes);
            Add(hash, LinearModel.Fit(data, data));
            for (int i = 0; i < HiddenActivation.All.Count; i += Every)
            {
                HiddenActivation activation = HiddenActivation.All[i];
                NetworkPlan plan = new(Features, [8, 8], data.Outputs, activation, Initialisation.LeCun)
                {
                    Gain = SignalGain.Of(activation.Function),
                    Picture = new(Features / 2, 2),
                    Filters = i > 0 ? [2] : [],
                    Normalised = i > 0,
                    Residual = i > 0,
                };
                Network network = new(plan, seed: 1);
                Trainer trainer = new(network, data, new AdamPlan(0.01), Batch, seed: 1);
                for (int epoch = 0; epoch < Epochs; epoch++)
                    trainer.Epoch();
                Add(hash, network);
            }
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash())[..Digits];
    }

    private static DataPart Data(int classes)
    {
        RandomStream random = new(1, "bits");
        float[] inputs = new float[Rows * Features];
        random.Fill(inputs, 1);
        return new(
            inputs,
            [.. Enumerable.Range(0, Rows).Select(_ => classes == 0 ? (float)random.Normal() : random.Below(classes))],
            Features,
            classes);
    }

    private static void Add(IncrementalHash hash, Network network)
    {
        foreach (LearnedParameter parameter in network.Parameters)
            hash.AppendData(MemoryMarshal.AsBytes(parameter.Values.Span));
        foreach (Memory<float> statistic in network.Statistics)
            hash.AppendData(MemoryMarshal.AsBytes(statistic.Span));
    }
}
