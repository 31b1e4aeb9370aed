using System.Text.Json;
using Hark.Data.Identity;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Contacts;

/// <summary>A person, with everything by which they are known and the contacts that were merged.</summary>
/// <param name="ContactIds">Every contact of the person; the first stands for them.</param>
/// <param name="SignalCount">Over all of them.</param>
public sealed record ContactView(Guid ContactId, IReadOnlyList<Guid> ContactIds, string? Name, string? Email, string? Phone, string? Locale, string? Persona,
    JsonElement? Traits, Guid? AccountId, long SignalCount, DateTimeOffset FirstSignalAt, DateTimeOffset LastSignalAt, IReadOnlyList<IdentityView> Identities,
    IReadOnlyList<MergeView> Merges)
{
    public static ContactView Of(Person person)
    {
        var (main, all) = (person.Canonical, person.Contacts);
        string? Known(Func<Contact, string?> field) => field(main) ?? all.Select(field).FirstOrDefault(v => v is not null);
        return new(main.ContactId, [main.ContactId, .. all.Select(c => c.ContactId).Where(i => i != main.ContactId)], Known(c => c.Name), Known(c => c.Email),
            Known(c => c.Phone), Known(c => c.Locale), Known(c => c.Persona), Known(c => c.Traits) is { } traits ? JsonElement.Parse(traits) : null,
            main.AccountId ?? all.Select(c => c.AccountId).FirstOrDefault(a => a is not null), all.Sum(c => c.SignalCount), all.Min(c => c.FirstSignalAt),
            all.Max(c => c.LastSignalAt), [.. person.Identities.Select(i => new IdentityView(i.Kind, i.Value, i.ContactId))], [.. person.Merges.Select(MergeView.Of)]);
    }
}

/// <summary>One id of a person, and the contact it came with.</summary>
public sealed record IdentityView(IdentityKind Kind, string Value, Guid ContactId);

/// <summary>Two contacts said to be one person.</summary>
public sealed record MergeView(Guid MergeId, Guid From, Guid Into, string Reason, string MergedBy, DateTimeOffset MergedAt, DateTimeOffset? UndoneAt)
{
    public static MergeView Of(Data.Model.ContactMerge m) => new(m.MergeId, m.FromContactId, m.IntoContactId, m.Reason, m.MergedBy, m.MergedAt, m.UndoneAt);
}

/// <param name="Into">The contact whose person it is.</param>
public sealed record MergeContactBody(Guid Into, string? Reason = null);

/// <summary>Persons: found by an id of theirs, read, merged and parted again.</summary>
public static class ContactsFeature
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services.AddSingleton<ContactReader>().AddSingleton<MergeContacts>();

    public static void MapContacts(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/contacts", "Contacts").AddEndpointFilter(SeesPersons);
        group.MapGet("", LookUpAsync).Operation("LookUpContact", "Find the person with an id, e-mail address or telephone number", Policies.Read).Produces<ContactView>();
        group.MapGet("/{contact_id:guid}", ReadAsync).Operation("GetContact", "Read a person", Policies.Read).Produces<ContactView>();
        group.MapPost("/{contact_id:guid}/merge", MergeAsync).Operation("MergeContact", "Say that the contact is the same person as another", Policies.Write)
            .Produces<MergeView>(StatusCodes.Status201Created);
        group.MapPost("/merges/{merge_id:guid}/undo", UndoAsync).Operation("UndoContactMerge", "Take a merge back", Policies.Write).Produces<MergeView>();
    }

    private static async Task<IResult> LookUpAsync(Caller caller, string? id, string? email, string? phone, ContactReader contacts, CancellationToken cancellation)
    {
        if (new[] { id, email, phone }.Count(v => !string.IsNullOrEmpty(v)) != 1) return Error.Invalid("id", "name exactly one of id, email, phone").ToProblem();
        string? problem = null;
        var key = !string.IsNullOrEmpty(id) ? Key(IdentityKind.External, ExternalIds.Normalise(id, out problem))
            : !string.IsNullOrEmpty(email) ? Key(IdentityKind.Email, EmailAddresses.Normalise(email, out problem))
            : Key(IdentityKind.Phone, PhoneNumbers.Parse(phone!, caller.Workspace.Workspace.DefaultRegion, out problem)?.Key);
        if (key is not { } known) return Error.Invalid("id", problem!).ToProblem();
        return await contacts.OwnerAsync(caller.WorkspaceId, known, cancellation) is { } owner
            ? (await contacts.FindAsync(caller.WorkspaceId, owner, caller.Persons, caller.Actor, cancellation)).ToOk(ContactView.Of) : Error.NotFound("contact").ToProblem();
    }

    private static IdentityKey? Key(IdentityKind kind, string? value) => value is null ? null : new IdentityKey(kind, value);

    private static async Task<IResult> ReadAsync(Caller caller, [FromRoute(Name = "contact_id")] Guid contactId, ContactReader contacts, CancellationToken cancellation) =>
        (await contacts.FindAsync(caller.WorkspaceId, contactId, caller.Persons, caller.Actor, cancellation)).ToOk(ContactView.Of);

    private static async Task<IResult> MergeAsync(Caller caller, [FromRoute(Name = "contact_id")] Guid contactId, MergeContactBody body, MergeContacts merges, CancellationToken cancellation) =>
        caller.Role.Curates()
            ? (await merges.MergeAsync(caller.WorkspaceId, contactId, body.Into, body.Reason?.Trim() is { Length: > 0 and <= 200 } reason ? reason : "by hand", caller.Actor, cancellation))
                .ToCreated(m => $"{ApiRoutes.Prefix}/contacts/merges/{m.MergeId}", MergeView.Of)
            : NotCurating.ToProblem();

    private static async Task<IResult> UndoAsync(Caller caller, [FromRoute(Name = "merge_id")] Guid mergeId, MergeContacts merges, CancellationToken cancellation) =>
        caller.Role.Curates() ? (await merges.UndoAsync(caller.WorkspaceId, mergeId, caller.Actor, cancellation)).ToOk(MergeView.Of) : NotCurating.ToProblem();

    private static Error NotCurating { get; } = new(ErrorKind.Forbidden, ErrorCodes.Forbidden, "Merging contacts needs a role that curates: administrator, programme owner, analyst or team lead.");

    /// <summary>Personal data is for those who work with customers; a viewer sees numbers.</summary>
    private static ValueTask<object?> SeesPersons(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<Caller>() is { Member: { } member } && member.Role.ReadsWords() ? next(context)
            : ValueTask.FromResult<object?>(new Error(ErrorKind.Forbidden, ErrorCodes.Forbidden, "This role sees numbers, not persons.").ToProblem());
}
