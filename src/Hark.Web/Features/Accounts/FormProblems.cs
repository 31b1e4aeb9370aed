using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Accounts;

/// <summary>Says in the reader's language what is wrong with a form about people; use cases say it in the API's English.</summary>
internal static class FormProblems
{
    public static string? Say(this Texts texts, Error? error) => error switch
    {
        null => null,
        { Fields: { } fields } when fields.ContainsKey("/email") => texts["accounts.problem_email"],
        { Fields: { } fields } when fields.ContainsKey("/password") => texts.Format("accounts.problem_password", ("n", MemberAdmin.ShortestPassword)),
        { Fields: { } fields } when fields.ContainsKey("/name") || fields.ContainsKey("/workspace") => texts["accounts.problem_name"],
        { Fields: { } fields } when fields.ContainsKey("/key") => texts["people.problem_key"],
        { Kind: ErrorKind.Conflict } => texts["accounts.problem_conflict"],
        { Kind: ErrorKind.NotFound } => texts["accounts.problem_gone"],
        _ => texts["accounts.problem_form"],
    };
}
