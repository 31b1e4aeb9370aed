using Hark.Domain.Understanding;

namespace Hark.Train.Languages;

/// <summary>Finds how fast confidence may grow with evidence: the sharpness with the least mean negative log-likelihood on texts the model has not seen.</summary>
internal static class LanguageCalibration
{
    public static double Sharpness(ModelFile model, IReadOnlyList<LanguageText> texts)
    {
        var best = (Loss: double.PositiveInfinity, Sharpness: 1.0);
        for (var sharpness = 0.1; sharpness < 3; sharpness *= 1.1)
        {
            var identifier = new LanguageIdentifier(model with { Numbers = new Dictionary<string, float[]> { [LanguageIdentifier.SharpnessName] = [(float)sharpness] } });
            var loss = texts.Sum(t => Loss(identifier, t)) / texts.Count;
            if (loss < best.Loss) best = (loss, sharpness);
        }
        return best.Sharpness;
    }

    private static double Loss(LanguageIdentifier identifier, LanguageText text)
    {
        var guess = identifier.Best(text.Text);
        var probability = guess.Code == text.Language ? guess.Confidence : 1 - guess.Confidence;
        return -Math.Log(Math.Max(probability, 1e-6));
    }
}
