using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Signals;

public sealed class SignalBatchReaderTests
{
    [Fact]
    public void Reads_an_array_and_goes_on_after_a_bad_record()
    {
        var batch = Read("\uFEFF[\n{\"id\":\"a\"},\n{\"id\":7,\"attributes\":{\"x\":[1,{\"y\":2}]}}, 3,\n\n{\"id\":\"b\"}]", BatchFormat.Array);
        Assert.Null(batch.Malformed);
        Assert.Equal([(0, 2, "a", false), (1, 3, null, true), (2, 3, null, true), (3, 5, "b", false)], batch.Records.Select(r => (r.Index, r.Line, r.Draft.Id, r.Errors.Any)));
    }

    [Fact]
    public void A_broken_array_keeps_what_came_before_and_names_the_place()
    {
        var batch = Read("[{\"id\":\"a\"},\n {\"id\":\"č\" \"x\"}, {\"id\":\"b\"}]", BatchFormat.Array);
        Assert.Equal("a", Assert.Single(batch.Records).Draft.Id);
        Assert.Equal((1, 2, 12), (batch.Malformed!.Index, batch.Malformed.Line, batch.Malformed.Column));
    }

    [Theory]
    [InlineData("""{"id":"a"}""")]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("[")]
    [InlineData("[{}] x")]
    [InlineData("[{},]")]
    public void What_is_no_array_is_malformed(string json) => Assert.NotNull(Read(json, BatchFormat.Array).Malformed);

    [Fact]
    public void Reads_lines_and_goes_on_after_a_broken_one()
    {
        var batch = Read("\uFEFF{\"id\":\"a\"}\r\n\r\n{\"id\":\n \t\n{\"id\":\"b\"} {}\n{\"id\":\"c\"}", BatchFormat.Lines);
        Assert.Null(batch.Malformed);
        Assert.Equal([(0, 1, "a"), (1, 3, null), (2, 5, null), (3, 6, "c")], batch.Records.Select(r => (r.Index, r.Line, r.Draft.Id)));
        Assert.StartsWith("line 3, column 7: is not well-formed JSON", batch.Records[1].Errors.ToDictionary()[""][0], StringComparison.Ordinal);
        Assert.StartsWith("line 5, column 12: is not well-formed JSON", batch.Records[2].Errors.ToDictionary()[""][0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BatchFormat.Array, "[{},{},{}]")]
    [InlineData(BatchFormat.Lines, "{}\n{}\n{}\n")]
    public void Stops_at_the_limit(BatchFormat format, string text)
    {
        Assert.Equal((2, true), (Read(text, format, 2).Records.Count, Read(text, format, 2).TooMany));
        Assert.Equal((3, false), (Read(text, format, 3).Records.Count, Read(text, format, 3).TooMany));
    }

    [Fact]
    public void Reads_a_sequence_of_pieces()
    {
        var bytes = Encoding.UTF8.GetBytes("[" + SignalDraftReaderTests.Full + "]");
        var first = new Piece(bytes.AsMemory(0, 40), 0);
        var last = first.Then(bytes.AsMemory(40));
        var batch = SignalBatchReader.Read(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), BatchFormat.Array, 10);
        Assert.Equal("order-81723-rating", Assert.Single(batch.Records).Draft.Id);
        Assert.False(batch.Records[0].Errors.Any);
    }

    [Fact]
    public void No_mutation_of_bytes_makes_it_throw()
    {
        var seed = Encoding.UTF8.GetBytes("[" + SignalDraftReaderTests.Full + ",{\"id\":\"\\u00e9\\ud83d\\ude42\",\"text\":\"🙂\",\"t\\u0061gs\":[\"a\"]}]");
        var mutations = Gen.Choose(1, 6).SelectMany(n => (from at in Gen.Choose(0, seed.Length - 1) from to in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements('"', '\\', '{', '}', '[', ']', ',', ':', 'u', '\n').Select(c => (int)c)) from kind in Gen.Choose(0, 2) select (at, to, kind)).ListOf(n));
        Prop.ForAll(mutations.ToArbitrary(), list =>
        {
            var bytes = seed.ToList();
            foreach (var (at, to, kind) in list)
            {
                var index = at % bytes.Count;
                if (kind == 0) bytes[index] = (byte)to;
                else if (kind == 1) bytes.Insert(index, (byte)to);
                else bytes.RemoveRange(index, Math.Min(1 + (to % 9), bytes.Count - index - 1));
            }
            byte[] text = [.. bytes];
            var array = SignalBatchReader.Read(text, BatchFormat.Array, 10);
            var lines = SignalBatchReader.Read(text, BatchFormat.Lines, 10);
            return (array.Malformed is not null || array.Records.Count > 0 || !array.TooMany) && lines.Malformed is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ToArbitrary(), bytes => SignalBatchReader.ReadOne(bytes).Errors.Any).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_draft_survives_being_written_and_read() =>
        Prop.ForAll(Drafts.ToArbitrary(), draft =>
        {
            var json = SignalDraftWriter.ToJson(draft);
            var record = SignalBatchReader.ReadOne(Encoding.UTF8.GetBytes(json));
            return !record.Errors.Any && SignalDraftWriter.ToJson(record.Draft) == json
                && (record.Draft.Id, record.Draft.OccurredAt, record.Draft.Channel, record.Draft.Rating, record.Draft.Consent, record.Draft.Contact?.Email)
                    == (draft.Id, draft.OccurredAt, draft.Channel, draft.Rating, draft.Consent, draft.Contact?.Email)
                && record.Draft.Attributes.OrderBy(p => p.Key, StringComparer.Ordinal).SequenceEqual(draft.Attributes.OrderBy(p => p.Key, StringComparer.Ordinal))
                && record.Draft.Answers.SequenceEqual(draft.Answers);
        }).QuickCheckThrowOnFailure();

    private static Gen<string?> Words => Gen.Elements(null, "", "x", "Balík \"přišel\"", "\\/\b\f\n\r\t\u0001", "🙂 می‌خواهم", "<script>&'", "\u2028");
    private static Gen<Scalar> Scalars => Gen.OneOf(
        Words.Select(Scalar.Of), Gen.Elements(0, -0.5, 1e300, 5e-324, 0.1, 9007199254740993d).Select(Scalar.Of), Gen.Elements(true, false).Select(Scalar.Of));

    private static Gen<SignalDraft> Drafts =>
        from words in Words.ArrayOf(6)
        from scalars in Scalars.ArrayOf(4)
        from ticks in Gen.Choose(0, int.MaxValue)
        from channel in Gen.Elements(Enum.GetValues<Channel>())
        from value in Gen.Elements<double?>(null, 3, -1.25, 1e-9)
        from consent in Gen.Elements<bool?>(null, true, false)
        select new SignalDraft
        {
            Id = words[0],
            Text = words[1],
            OccurredAt = ticks % 3 == 0 ? null : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks * 1000L),
            Channel = ticks % 2 == 0 ? channel : null,
            Rating = ticks % 5 == 0 ? null : new RatingDraft(words[2], value, Max: value),
            Contact = new ContactDraft { Email = words[3], Traits = new Dictionary<string, Scalar> { [words[4] + "k"] = scalars[0] } },
            Account = new AccountDraft { AnnualValue = ticks / 100m, RenewsOn = new DateOnly(2027, 1, 1).AddDays(ticks % 1000) },
            Consent = new ConsentDraft(consent),
            Tags = [.. words.OfType<string>()],
            Attributes = new Dictionary<string, Scalar> { ["a" + words[5]] = scalars[1], ["b~/" + words[4]] = scalars[2] },
            Answers = [new AnswerDraft("q" + words[0], scalars[3])],
        };

    private static SignalBatch Read(string text, BatchFormat format, int max = 100) => SignalBatchReader.Read(Encoding.UTF8.GetBytes(text), format, max);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
