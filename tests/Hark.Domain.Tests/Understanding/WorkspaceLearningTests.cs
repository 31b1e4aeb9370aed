using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;
using Hark.Domain.Understanding.Topics;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class WorkspaceLearningTests
{
    private static readonly string[] Things = ["jacket", "tent", "boots", "lamp", "stove", "rope", "bag", "map", "knife", "bottle"];
    private static readonly string[] Days = ["on Monday", "last week", "yesterday", "in March", "twice", "again", "as always", "this year"];

    /// <summary>Words that mean nothing to the shipped model, but something to this workspace.</summary>
    private static IEnumerable<SentimentLesson> Slang(int count) => Enumerable.Range(0, count).Select(i =>
        new SentimentLesson($"{(i % 2 == 0 ? "zorky" : "blimpo")} {Things[i % 10]} {Days[i / 2 % 8]}", "en", i % 2 == 0 ? SentimentLabel.Positive : SentimentLabel.Negative));

    private static IEnumerable<TopicsLesson> Complaints(int count) => Enumerable.Range(0, count).Select(i => (i % 3) switch
    {
        0 => new TopicsLesson($"The zip of the {Things[i % 10]} broke {Days[i % 8]}", "en", ["quality"]),
        1 => new TopicsLesson($"Nobody at the hotline answered about my {Things[i % 10]} {Days[i % 8]}", "en", ["support"]),
        _ => new TopicsLesson($"The {Things[i % 10]} is far too dear {Days[i % 8]}", "en", ["price"]),
    });

    private static WorkspaceUnderstanding With(LearnedSentiment? sentiment = null, LearnedTopics? topics = null) => new(Taxonomy.Empty, 0, UnderstandingSettings.Default,
        sentiment is null ? null : new(sentiment, 7), topics is null ? null : new(topics, 8));

    [Fact]
    public void A_workspace_learns_its_own_words_and_keeps_what_the_shipped_model_knows()
    {
        var learned = LearnedSentiment.Learn(Models.Shipped, [.. Slang(120)])!.Value;
        Assert.True(learned.LeftOut > 0.95 && learned.ShippedLeftOut < 0.8, $"{learned.LeftOut} {learned.ShippedLeftOut}");
        var workspace = With(LearnedSentiment.FromBytes(learned.Model.ToBytes()));
        Assert.Equal(SentimentLabel.Positive, Models.Shipped.Understand("A zorky compass", "en", workspace).Sentiment.Label);
        Assert.Equal(SentimentLabel.Negative, Models.Shipped.Understand("A blimpo compass", "en", workspace).Sentiment.Label);
        Assert.Equal("workspace 7", workspace.SentimentVersion);
    }

    [Fact]
    public void Too_few_texts_teach_nothing()
    {
        Assert.Null(LearnedSentiment.Learn(Models.Shipped, []));
        Assert.Null(LearnedSentiment.Learn(Models.Shipped, [.. Slang(LearnedSentiment.LeastLessons - 2)]));
        Assert.Null(LearnedSentiment.Learn(Models.Shipped, [.. Slang(200).Where(l => l.Side == SentimentLabel.Positive)]));
        Assert.Null(TopicsLearner.Learn(Models.Shipped, [new("Nothing was said of this", "en", [])]));
    }

    [Fact]
    public void The_same_lessons_teach_the_same()
    {
        TopicsLesson[] lessons = [.. Complaints(90)];
        Assert.Equal(TopicsLearner.Learn(Models.Shipped, lessons)!.Model.ToBytes(), TopicsLearner.Learn(Models.Shipped, lessons)!.Model.ToBytes());
    }

    [Fact]
    public void Topics_of_sources_are_told_of_texts_without()
    {
        var learned = TopicsLearner.Learn(Models.Shipped, [.. Complaints(90)])!;
        Assert.True(learned.LeftOut > 0.95, $"{learned.LeftOut}");
        var workspace = With(topics: LearnedTopics.FromBytes(learned.Model.ToBytes()));
        Assert.Equal(["quality"], Keys(workspace, "The zip of my new coat broke"));
        Assert.Equal(["support"], Keys(workspace, "At the hotline nobody ever answered"));
        var label = Assert.Single(Models.Shipped.Understand("Far too dear", "en", workspace).Topics);
        Assert.Equal(("price", "model", "topics 8"), (label.Key, label.By, label.Version));
    }

    [Fact]
    public void A_text_may_have_several_topics()
    {
        var both = Complaints(90).Concat(Enumerable.Range(0, 40).Select(i => new TopicsLesson($"The zip of the {Things[i % 10]} broke and the hotline never answered {Days[i % 8]}", "en", ["quality", "support"])));
        var workspace = With(topics: TopicsLearner.Learn(Models.Shipped, [.. both])!.Model);
        Assert.Equal(["quality", "support"], Keys(workspace, "The zip of the compass broke and the hotline never answered me").Order());
    }

    [Fact]
    public void One_correction_is_enough_for_the_next_text_that_is_like_it()
    {
        var lessons = Complaints(60).Append(new TopicsLesson("The straps of this rucksack squeak with every step", "en", ["noise"], LessonWeights.Corrected));
        var workspace = With(topics: TopicsLearner.Learn(Models.Shipped, [.. lessons])!.Model);
        Assert.Contains("noise", Keys(workspace, "The straps of the rucksack squeak terribly"));
        Assert.DoesNotContain("noise", Keys(workspace, "The parcel of this week came with a torn box"));
        Assert.DoesNotContain("noise", Keys(workspace, "The zip of the rope broke yesterday"));
    }

    [Fact]
    public void One_correction_is_enough_in_a_workspace_that_has_nothing_else()
    {
        var workspace = With(topics: TopicsLearner.Learn(Models.Shipped, [new("Popruhy batohu vržou při každém kroku", "cs", ["noise"])])!.Model);
        Assert.Equal(["noise"], Keys(workspace, "Popruhy batohu hrozně vržou", "cs"));
        Assert.Empty(Keys(workspace, "Balík přišel o tři dny později", "cs"));
        Assert.Empty(Keys(workspace, "😡", "cs"));
    }

    [Fact]
    public void A_topic_that_was_taken_away_is_not_found_again_in_texts_that_are_like_it()
    {
        var taxonomy = Taxonomy.Parse("""{"topics":[{"key":"price","phrases":{"en":["dear"]}}]}""").Value;
        PhraseLesson[] phrases =
        [
            new("Dear team, thank you for the quick help", "price", Holds: false),
            new("The tent is far too dear for what it is", "price", Holds: true),
        ];
        var learned = LearnedTopics.FromBytes(TopicsLearner.Learn(Models.Shipped, [], phrases)!.Model.ToBytes());
        var before = new WorkspaceUnderstanding(taxonomy, 1, UnderstandingSettings.Default);
        var after = new WorkspaceUnderstanding(taxonomy, 1, UnderstandingSettings.Default, null, new(learned, 1));
        Assert.Equal(["price"], Keys(before, "Dear team, thank you for your quick answer"));
        Assert.Empty(Keys(after, "Dear team, thank you for your quick answer"));
        Assert.Equal(["price"], Keys(after, "This lamp is far too dear"));
        Assert.Equal(["price"], after.Named("Dear team, thank you for your quick answer", "en"));
    }

    [Fact]
    public void A_phrase_that_people_left_stays_and_nobody_taking_away_teaches_nothing()
    {
        Assert.Null(TopicsLearner.Learn(Models.Shipped, [], [new("The tent is far too dear", "price", Holds: true)]));
        var both = TopicsLearner.Learn(Models.Shipped, [], [new("The tent is dear", "price", Holds: true), new("The tent is dear", "price", Holds: false)])!.Model;
        var taxonomy = Taxonomy.Parse("""{"topics":[{"key":"price","phrases":{"en":["dear"]}}]}""").Value;
        Assert.Equal(["price"], Keys(new WorkspaceUnderstanding(taxonomy, 1, UnderstandingSettings.Default, null, new(both, 1)), "The tent is dear"));
    }

    [Fact]
    public void A_topic_taken_away_from_a_novel_only_is_told_of_other_texts()
    {
        var taxonomy = Taxonomy.Parse("""{"topics":[{"key":"price","phrases":{"en":["dear"]}}]}""").Value;
        var novel = "Dear " + string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"word{i * 7919 % 10007}"));
        var learned = LearnedTopics.FromBytes(TopicsLearner.Learn(Models.Shipped, [], [new(novel, "price", Holds: false)])!.Model.ToBytes());
        Assert.Equal(["price"], Keys(new WorkspaceUnderstanding(taxonomy, 1, UnderstandingSettings.Default, null, new(learned, 1)), "The tent is far too dear"));
    }

    [Fact]
    public void Labels_that_contradict_each_other_make_it_unsure()
    {
        var learned = LearnedSentiment.Learn(Models.Shipped, [.. Slang(80), .. Slang(80).Select(l => l with { Side = l.Side == SentimentLabel.Positive ? SentimentLabel.Negative : SentimentLabel.Positive })])!.Value;
        Assert.InRange(Models.Shipped.Understand("zorky tent yesterday", "en", With(learned.Model)).Sentiment.Confidence, 0.3, 0.7);
    }

    [Fact]
    public void One_person_who_writes_a_thousand_times_weighs_as_much_as_five()
    {
        var loud = Enumerable.Range(0, 1_000).Select(i => new SentimentLesson($"quabble {Things[i % 10]} {Days[i / 2 % 8]}", "en", SentimentLabel.Positive, LessonWeights.Shared(1_000)));
        var many = Enumerable.Range(0, 40).Select(i => new SentimentLesson($"quabble {Things[i % 10]} {Days[i / 2 % 8]}", "en", SentimentLabel.Negative));
        var learned = LearnedSentiment.Learn(Models.Shipped, [.. loud, .. many, .. Slang(40)])!.Value;
        Assert.Equal(SentimentLabel.Negative, Models.Shipped.Understand("quabble compass", "en", With(learned.Model)).Sentiment.Label);
    }

    [Fact]
    public void Whatever_was_typed_is_learned_from_and_told()
    {
        string[] odd = ["", " ", "😡", "\u200F\u202B\u200D", new('a', 20_000), string.Concat(Enumerable.Repeat("zorky ", 4_000)), "zorky тент جيد", "包裹晚到了两天", "\uD83D"];
        var lessons = Enumerable.Range(0, 90).Select(i => new SentimentLesson(odd[i % odd.Length], null, i % 2 == 0 ? SentimentLabel.Positive : SentimentLabel.Negative)).Concat(Slang(80)).ToList();
        var sentiment = LearnedSentiment.Learn(Models.Shipped, lessons)!.Value.Model;
        var topics = TopicsLearner.Learn(Models.Shipped, [.. odd.Select(t => new TopicsLesson(t, null, ["odd"])), .. Complaints(60)], [.. odd.Select(t => new PhraseLesson(t, "price", Holds: false))])!.Model;
        var workspace = With(sentiment, LearnedTopics.FromBytes(topics.ToBytes()));
        Assert.All(odd, t => Assert.InRange(Models.Shipped.Understand(t, null, workspace).Sentiment.Confidence, 0, 1));
        Assert.Equal(SentimentLabel.Positive, Models.Shipped.Understand("A zorky compass", "en", workspace).Sentiment.Label);
        Assert.Equal(["support"], Keys(workspace, "At the hotline nobody ever answered"));
    }

    [Fact]
    public void Given_topics_are_not_doubted_and_hidden_ones_not_told()
    {
        var topics = new LearnedModel<LearnedTopics>(TopicsLearner.Learn(Models.Shipped, [.. Complaints(90)])!.Model, 1);
        var hidden = new WorkspaceUnderstanding(Taxonomy.Parse("""{"topics":[{"key":"quality","hidden":true},{"key":"money"},{"key":"price","merged_into":"money"}]}""").Value, 1, UnderstandingSettings.Default, null, topics);
        Assert.Empty(Models.Shipped.Understand("The zip of the tent broke", "en", hidden).Topics);
        Assert.Equal("money", Assert.Single(Models.Shipped.Understand("The tent is far too dear", "en", hidden).Topics).Key);
        Assert.Equal("weather", Assert.Single(Models.Shipped.Understand("The zip of the tent broke", "en", hidden, [new TopicLabel("weather", 1, TopicLabel.BySource)]).Topics).Key);
    }

    [Fact]
    public void Models_are_small_and_every_cut_of_them_is_refused()
    {
        var bytes = TopicsLearner.Learn(Models.Shipped, [.. Complaints(90)])!.Model.ToBytes();
        Assert.InRange(bytes.Length, 1, 2_000_000);
        for (var length = 1; length < bytes.Length; length += 997) Assert.ThrowsAny<Exception>(() => LearnedTopics.FromBytes(bytes[..length]));
    }

    private static List<string> Keys(WorkspaceUnderstanding workspace, string text, string language = "en") => [.. Models.Shipped.Understand(text, language, workspace).Topics.Select(t => t.Key)];
}
