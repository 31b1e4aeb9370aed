using Hark.Domain.Understanding.Discovery;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class EmergingThemesTests
{
    private static readonly string[] Usual = ["The delivery was quick and the courier was kind", "Great shop, I will order again", "The jacket is warm and well made", "Nobody answered my message for days", "The price was fair and the staff helpful"];
    private static readonly string[] News = ["The new loyalty card never works at the till", "My loyalty card was refused again", "Why do loyalty cards not work since Monday", "The loyalty card reader says error", "Two loyalty cards and neither works", "The assistant could not read my loyalty card"];
    private int _next;

    private HeardText Heard(string text, string language = "en", bool hasTopic = false, Guid? person = null) => new(new Guid(++_next, 0, 0, new byte[8]), person, text, language, hasTopic);

    private List<HeardText> Many(int count) => [.. Enumerable.Range(0, count).Select(i => Heard($"{Usual[i % Usual.Length]} {i}", hasTopic: i % 2 == 0))];

    [Fact]
    public void What_many_say_lately_and_nobody_said_before_is_proposed_once()
    {
        var recent = Many(100).Concat(News.Select(n => Heard(n))).ToList();
        var theme = Assert.Single(EmergingThemes.Find(recent, Many(400)));
        Assert.Equal("loyalt card", theme.Term);
        Assert.Equal(("en", 6, 0), (theme.Language, theme.Texts, theme.Before));
        Assert.Contains("loyalty card", theme.Phrases);
        Assert.All(theme.Examples, id => Assert.Contains(recent, t => t.Id == id && t.Text.Contains("loyalty", StringComparison.Ordinal)));
    }

    [Fact]
    public void Forms_of_a_word_are_one()
    {
        string[] forms = ["Věrnostní karta mi nejde", "S věrnostní kartou byl problém", "Věrnostní karty nefungují", "Nevzali mi věrnostní kartu", "Proč ta věrnostní karta zlobí", "Bez věrnostní karty sleva není"];
        var recent = Enumerable.Range(0, 60).Select(i => Heard($"Doručení bylo rychlé a kurýr milý {i}", "cs", hasTopic: true)).Concat(forms.Select(f => Heard(f, "cs"))).ToList();
        var theme = Assert.Single(EmergingThemes.Find(recent, [.. Enumerable.Range(0, 300).Select(i => Heard($"Doručení bylo rychlé a kurýr milý {i}", "cs"))]));
        Assert.Equal(6, theme.Texts);
        Assert.Contains(theme.Phrases, p => p.Contains("karty", StringComparison.Ordinal) || p.Contains("karta", StringComparison.Ordinal) || p.Contains("kartu", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_always_said_and_what_has_a_topic_is_no_news()
    {
        Assert.Empty(EmergingThemes.Find(Many(100), Many(400)));
        Assert.Empty(EmergingThemes.Find([.. Many(100), .. News.Select(n => Heard(n, hasTopic: true))], Many(400)));
        Assert.Empty(EmergingThemes.Find([], []));
        Assert.Empty(EmergingThemes.Find([Heard("One text only")], []));
    }

    [Fact]
    public void One_person_makes_no_theme_however_often_they_write()
    {
        var one = new Guid(7, 7, 7, new byte[8]);
        var recent = Many(100).Concat(Enumerable.Range(0, 1000).Select(i => Heard($"The loyalty card never works, day {i}", person: one))).ToList();
        Assert.Empty(EmergingThemes.Find(recent, Many(400)));
    }
}
