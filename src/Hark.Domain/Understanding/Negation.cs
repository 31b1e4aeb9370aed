using System.Collections.Frozen;

namespace Hark.Domain.Understanding;

/// <summary>Words that turn what follows into its opposite, folded, in the languages that put them in front.</summary>
internal static class Negation
{
    /// <summary>How many words after it a negation reaches, unless the phrase ends sooner.</summary>
    public const int Reach = 3;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new[]
    {
        "not", "no", "never", "nothing", "cannot", "without", "neither", "nor", "dont", "doesnt", "didnt", "isnt", "wasnt", "cant", "wont", "couldnt", // en
        "ne", "neni", "nejsou", "nebyl", "nebyla", "nebylo", "nikdy", "nic", "zadny", "zadna", "zadne", "bez", "ani", // cs
        "nie", "niesu", "nebol", "nebola", "nebolo", "nikdy", "nic", "ziadny", "ziadna", "ziadne", // sk
        "не", "няма", "нямаше", "никога", "нищо", "без", "нито", // bg
        "нет", "никогда", "ничего", "нельзя", "ни", // ru
        "немає", "ні", "ніколи", "нічого", // uk
        "nicht", "kein", "keine", "keinen", "nie", "nichts", "ohne", // de
        "pas", "jamais", "rien", "sans", "aucun", "aucune", // fr
        "nunca", "nada", "sin", "ningun", "ninguna", // es
        "non", "mai", "niente", "senza", "nessun", "nessuna", // it
        "nao", "nem", "sem", "nenhum", "nenhuma", // pt
        "nigdy", "nic", "zadnego", // pl
        "niet", "geen", "nooit", "niets", "zonder", // nl
        "nema", "nikad", "nista", // hr bs sr
        "لا", "ليس", "ليست", "لم", "لن", "بدون", "غير", // ar
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Is(ReadOnlySpan<char> folded) => Words.Contains(folded) || folded.EndsWith("n't", StringComparison.Ordinal);
}
