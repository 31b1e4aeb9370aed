using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>What columns are usually called in the languages of Hark. Words are folded (lower case, no diacritics) and found at the beginning of a word.</summary>
internal static class ColumnWords
{
    private static readonly (string Target, string[] Words)[] Words =
    [
        ("contact.email", ["email", "e mail", "имейл", "электронная почта", "ایمیل"]),
        ("contact.phone", ["phone", "mobile", "telefon", "mobil", "телефон", "تلفن", "موبایل"]),
        ("occurred_at", ["submitted", "submit date", "created", "recorded", "timestamp", "date", "time", "datum", "cas", "vytvoreno", "vytvorene", "дата", "време", "время", "تاریخ", "زمان"]),
        ("contact.id", ["customer id", "user id", "contact id", "consumer user id", "requester id", "zakaznik id", "id zakaznika", "клиент id", "id клиента"]),
        ("contact.name", ["customer name", "full name", "author", "username", "requester", "name", "jmeno", "meno", "име", "имя", "نام"]),
        ("account.id", ["account id", "organization id", "organisation id", "company id"]),
        ("account.name", ["account", "organization", "organisation", "company", "firma", "spolecnost", "spolocnost", "фирма", "компания", "شرکت"]),
        ("subject.order", ["order", "objednavk", "поръчк", "заказ", "سفارش"]),
        ("subject.sku", ["sku", "product", "produkt", "vyrobek", "продукт", "товар", "محصول"]),
        ("subject.location", ["location", "store", "branch", "shop", "pobock", "prodejn", "predajn", "магазин", "обект", "филиал", "شعبه", "فروشگاه"]),
        ("subject.ticket", ["ticket", "case number", "incident", "tiket"]),
        ("subject.issue", ["issue", "category", "reason", "kategori", "duvod", "dovod", "категория", "причина", "دسته"]),
        ("language", ["language", "locale", "jazyk", "език", "язык", "زبان"]),
        ("text", ["comment", "feedback", "message", "review text", "review content", "description", "verbatim", "content", "text", "body", "answer", "why", "komentar", "zprava", "sprava",
            "text recenze", "proc", "preco", "коментар", "комментари", "отзив", "отзыв", "съобщение", "сообщение", "защо", "почему", "نظر", "توضیح", "پیام", "چرا"]),
        ("tags", ["tag", "label", "stitek", "стикер", "тег"]),
    ];

    private static readonly string[] Ids = ["id", "response id", "respondent id", "review id", "record id", "ticket id", "complaint id", "number", "uuid", "key", "token", "#"];
    private static readonly string[] Nps = ["nps", "recommend", "doporuc", "odporuc", "препоръч", "рекоменд", "порекоменд", "توصیه"];
    private static readonly string[] Stars = ["star", "hvezd", "hviezd", "звезд", "ستاره"];
    private static readonly string[] Csat = ["csat", "satisf", "spokoj", "удовлетвор", "доволн", "رضایت"];
    private static readonly string[] Ces = ["ces", "effort", "easy", "easier", "snadn", "jednoduch", "lahk", "лесно", "легко", "آسان"];
    private static readonly string[] Rating = ["rating", "score", "rate", "hodnocen", "hodnoten", "znamk", "оценк", "рейтинг", "امتیاز"];

    /// <summary>The target whose words the name begins with or has in it, or null.</summary>
    public static string? TargetOf(string name)
    {
        var folded = Fold(name);
        foreach (var (target, words) in Words)
        {
            if (Has(folded, words)) return target;
        }
        return null;
    }

    public static bool IsId(string name) => Ids.Contains(Fold(name).Trim());

    /// <summary>The scale that the name speaks of: nps, stars, csat, ces, or "rating" for any; null for none.</summary>
    public static string? ScaleOf(string name)
    {
        var folded = Fold(name);
        return Has(folded, Nps) ? "nps" : Has(folded, Stars) ? "stars" : Has(folded, Csat) ? "csat" : Has(folded, Ces) ? "ces" : Has(folded, Rating) ? "rating" : null;
    }

    private static string Fold(string name) => TextFold.Fold(name).Replace('_', ' ').Replace('-', ' ').Replace('.', ' ');

    private static bool Has(string folded, string[] words)
    {
        foreach (var word in words)
        {
            for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                // "ces" is in "process" too: only the beginning of a word counts.
                if (at == 0 || !char.IsLetterOrDigit(folded[at - 1])) return true;
            }
        }
        return false;
    }
}
