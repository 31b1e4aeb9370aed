using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Understanding;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class TokensTests
{
    [Theory]
    [InlineData("Great, thanks!", "Word:Great Stop:, Word:thanks Symbol:!")]
    [InlineData("didn't work", "Word:didn't Word:work")]
    [InlineData("bad :-( very", "Word:bad Symbol::( Word:very")]
    [InlineData("ok :D", "Word:ok Symbol::)")]
    [InlineData("спасибо)))", "Word:спасибо Symbol::)")]
    [InlineData("(note)", "Word:note")]
    [InlineData("at 10:30, 1.5 kg", "Word:at Number:10 Stop:: Number:30 Stop:, Number:1.5 Word:kg")]
    [InlineData("👍🏽❤️", "Symbol:👍 Symbol:❤")]
    [InlineData("see https://example.com/a?b=c now", "Word:see Link:https://example.com/a?b=c Word:now")]
    [InlineData("@shop where", "Mention:@shop Word:where")]
    [InlineData("نمی\u200cخرم", "Word:نمی\u200cخرم")]
    public void Texts_are_cut_as_people_read_them(string text, string expected) => Assert.Equal(expected, string.Join(' ', All(text)));

    [Fact]
    public void Any_text_is_cut_without_end_or_error() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => All(text ?? "").Count <= (text?.Length ?? 0)).QuickCheckThrowOnFailure();

    private static List<string> All(string text)
    {
        var tokens = new Tokens(text);
        var found = new List<string>();
        while (tokens.MoveNext()) found.Add($"{tokens.Kind}:{tokens.Text}");
        return found;
    }
}
