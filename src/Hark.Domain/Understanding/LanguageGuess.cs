namespace Hark.Domain.Understanding;

/// <summary>The language of a text.</summary>
/// <param name="Code">ISO 639, lower case; null where no language stands out.</param>
/// <param name="Confidence">0 to 1, calibrated: of a hundred guesses at 0.9 ninety are right. Of the best guess, also where it is not good enough to be told.</param>
/// <param name="IsMixed">Parts of the text are in another language.</param>
public readonly record struct LanguageGuess(string? Code, double Confidence, bool IsMixed);
