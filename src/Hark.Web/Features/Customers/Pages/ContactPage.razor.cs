using Hark.Data.Identity;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Customers.Pages;

/// <summary>One person. Each post does one thing and comes back by a redirect.</summary>
public sealed partial class ContactPage
{
    private Person? _person;
    private Account? _account;
    private Consents _consents = null!;
    private TimelinePage _timeline = null!;
    private string? _problem;

    [Parameter]
    public Guid ContactId { get; set; }

    [Inject]
    private ContactReader Contacts { get; set; } = null!;

    [Inject]
    private AccountReader Accounts { get; set; } = null!;

    [Inject]
    private PersonTimeline Others { get; set; } = null!;

    [Inject]
    private ReadTimeline Reading { get; set; } = null!;

    [Inject]
    private MergeContacts Merging { get; set; } = null!;

    [Inject]
    private ErasePerson Erasing { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromForm(FormName = "merge", Name = "other")]
    private string? Other { get; set; }

    [SupplyParameterFromForm(FormName = "part", Name = "merge")]
    private string? Merge { get; set; }

    [SupplyParameterFromForm(FormName = "erase", Name = "sure")]
    private string? Sure { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private bool MayMerge => Viewer.Required.Role.Curates();

    protected override async Task OnInitializedAsync()
    {
        var caller = Viewer.Required;
        var found = await Contacts.FindAsync(caller.WorkspaceId, ContactId, caller.Persons, caller.Actor, Http.RequestAborted);
        if (!found.Ok)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var person = found.Value;
        if (person.Contacts.Select(c => c.AccountId).FirstOrDefault(a => a is not null) is { } accountId)
            _account = (await Accounts.FindAsync(caller.WorkspaceId, accountId, caller.Persons, Http.RequestAborted)) is { Ok: true } account ? account.Value : null;
        _consents = await Others.ConsentsAsync(caller.WorkspaceId, person, Http.RequestAborted);
        _timeline = await Reading.OfPersonAsync(caller, person, TimelinePlace.Read(Before, Time.Now()), Http.RequestAborted);
        _person = person; // last: the page may be rendered while something is waited for
    }

    private async Task MergeAsync()
    {
        if (_person is null || !MayMerge)
        {
            Refuse(StatusCodes.Status403Forbidden, T["shell.forbidden_text"]);
            return;
        }
        var (caller, other) = (Viewer.Required, await OtherAsync());
        // Whom one may not see cannot be taken in either.
        if (other is not { } id || !(await Contacts.FindAsync(caller.WorkspaceId, id, caller.Persons, caller.Actor, Http.RequestAborted)).Ok)
        {
            Refuse(StatusCodes.Status400BadRequest, T["customers.problem_other"]);
            return;
        }
        Answer(await Merging.MergeAsync(caller.WorkspaceId, id, ContactId, "by hand", caller.Actor, Http.RequestAborted), "merged", T["customers.problem_merge"]);
    }

    private async Task PartAsync()
    {
        if (_person is null || !MayMerge || !Guid.TryParse(Merge, out var merge) || !_person.Merges.Any(m => m.MergeId == merge))
        {
            Refuse(StatusCodes.Status403Forbidden, T["shell.forbidden_text"]);
            return;
        }
        Answer(await Merging.UndoAsync(Viewer.Required.WorkspaceId, merge, Viewer.Required.Actor, Http.RequestAborted), "parted", T["accounts.problem_conflict"]);
    }

    private async Task EraseAsync()
    {
        if (_person is null || !Viewer.Required.Role.Configures())
        {
            Refuse(StatusCodes.Status403Forbidden, T["shell.forbidden_text"]);
            return;
        }
        if (Sure != "yes") return;
        Answer(await Erasing.RunAsync(Viewer.Required.WorkspaceId, ContactId, Viewer.Required.Actor, Http.RequestAborted), "erased", T["accounts.problem_gone"]);
    }

    /// <summary>The other contact: by our id in its address, or by an id, e-mail address or telephone number.</summary>
    private async Task<Guid?> OtherAsync()
    {
        var text = (Other ?? "").Trim();
        if (Guid.TryParse(text.Split('/')[^1], out var id)) return id;
        foreach (var key in Keys(text))
            if (await Contacts.OwnerAsync(Viewer.Required.WorkspaceId, key, Http.RequestAborted) is { } owner) return owner;
        return null;
    }

    private IEnumerable<IdentityKey> Keys(string text)
    {
        if (ExternalIds.Normalise(text, out _) is { } external) yield return new(IdentityKind.External, external);
        if (EmailAddresses.Normalise(text, out _) is { } email) yield return new(IdentityKind.Email, email);
        if (PhoneNumbers.Parse(text, Workspace.Workspace.DefaultRegion, out _)?.Key is { } phone) yield return new(IdentityKind.Phone, phone);
    }

    private void Answer<TValue>(Result<TValue> result, string done, string problem)
    {
        if (result.Ok) Navigation.NavigateTo($"{Infrastructure.Staff.StaffLinks.Contact(ContactId)}?done={done}");
        else Refuse(StatusCodes.Status400BadRequest, problem);
    }

    private void Refuse(int status, string problem) => (Http.Response.StatusCode, _problem) = (status, problem);

    private string? Known(Func<Contact, string?> field) => field(_person!.Canonical) ?? _person.Contacts.Select(field).FirstOrDefault(v => v is not null);

    private IEnumerable<(string Name, string Value)> Traits => SignalJson.Values(Known(c => c.Traits)).Select(t => (t.Key, t.Value.Text ?? (t.Value.Number is { } n ? T.Number(n, n == Math.Floor(n) ? 0 : 2) : T[t.Value.Truth == true ? "signals.yes" : "signals.no"])));

    private string Consent(bool? given, DateTimeOffset? at) => given is { } yes ? T.Format(yes ? "customers.agreed" : "customers.refused", ("day", T.Date(at!.Value))) : T["customers.not_asked"];

    private string Who(string by) => Guid.TryParse(by, out var member) && Workspace.MemberById.TryGetValue(member, out var known) ? known.Name : T["customers.intake"];

    private string Reason(string reason) => reason switch { "same email" => T["customers.same_email"], "same phone" => T["customers.same_phone"], "by hand" => T["customers.by_hand"], _ => reason };
}
