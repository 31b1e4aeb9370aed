using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Themes;

/// <summary>Words that many use lately and that no topic has.</summary>
/// <param name="Term">Names the proposal, with its language.</param>
/// <param name="Phrases">As people write them, the most telling first.</param>
/// <param name="Texts">People who say it lately, and in the time before.</param>
/// <param name="Strength">Standard deviations by which it stands out.</param>
/// <param name="Examples">Signals that say it.</param>
/// <param name="Topic">The topic that it became or went into.</param>
public sealed record EmergingView(string Term, string Language, ProposalState State, IReadOnlyList<string> Phrases, int Texts, int TextsBefore, double Strength, IReadOnlyList<Guid> Examples, DateTimeOffset FoundAt, string? Topic)
{
    internal static EmergingView Of(TopicProposal p) => new(p.Term, p.Language, p.State, TopicDiscovery.Phrases(p), p.Texts, p.TextsBefore, p.Strength, TopicDiscovery.Examples(p), p.FoundAt, p.Topic);
}

public sealed record EmergingViews(IReadOnlyList<EmergingView> Items, string? NextCursor);

/// <summary>The discovery queue: what is proposed, and what people make of it.</summary>
internal static class EmergingEndpoints
{
    /// <param name="Name">Makes a topic of it.</param>
    /// <param name="Into">Key of the topic that it is a way of saying. With neither it is dismissed, and not proposed again.</param>
    internal sealed record Decision(string Term, string Language, string? Name = null, string? Into = null);

    internal sealed record Decided(string? Topic);

    public static void MapEmerging(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/topics/emerging", "Themes");
        group.MapGet("", async (Caller caller, string? state, TopicDiscovery discovery, CancellationToken cancellation) =>
        {
            var wanted = ProposalState.Open;
            if (state is not null && !EnumNames<ProposalState>.TryParse(state, out wanted)) return Error.Invalid("state", $"must be {EnumNames<ProposalState>.Choices}").ToProblem();
            return Results.Ok(new EmergingViews([.. (await discovery.ListAsync(caller.WorkspaceId, wanted, cancellation)).Select(EmergingView.Of)], null));
        }).Operation("ListEmergingTopics", "List words that many use lately and that no topic has", Policies.Read)
            .WithDescription("Found once an hour, the strongest first: against the time before and against texts that have a topic (log-odds with a Dirichlet prior).").Produces<EmergingViews>();
        group.MapPost("/decide", async (Caller caller, Decision body, TopicDiscovery discovery, CancellationToken cancellation) =>
                (await discovery.DecideAsync(caller.WorkspaceId, body.Term, body.Language, new ProposalDecision(string.IsNullOrWhiteSpace(body.Name) ? null : body.Name, body.Into), caller.Actor, cancellation)).ToOk(t => new Decided(t)))
            .Operation("DecideEmergingTopic", "Make a topic of a proposal, add it to a topic, or dismiss it", Policies.Configure).Produces<Decided>();
    }
}
