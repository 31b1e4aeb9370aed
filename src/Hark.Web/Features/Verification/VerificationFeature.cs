using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Web.Features.Outbox.Email;
using Hark.Web.Infrastructure.CustomerPages;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hark.Web.Features.Verification;

/// <summary>
/// <c>/v/{token}</c>: the customer answers "did we solve it?". A GET only shows the question, because link scanners follow every link of an e-mail; the
/// answer is a POST of a button. The signed token is the right to answer, so there is neither cookie nor sign-in, and a foreign page gains nothing by posting.
/// </summary>
public static class VerificationFeature
{
    /// <summary>Beyond this the form is no answer of our page.</summary>
    private const int MostBytes = 64 * 1024;

    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.TryAddSingleton(p => Settings(p.GetRequiredService<HarkOptions>(), p.GetRequiredService<UnsubscribeLinks>()));
        services.TryAddSingleton<MessageComposer>();
        services.TryAddSingleton<VerificationLinks>();
        // Cases bring these as well: whichever comes first.
        services.TryAddSingleton<CaseMessages>();
        services.TryAddSingleton<CaseWriter>();
        services.TryAddSingleton<VerifyCase>();
        return services.AddSingleton<AnswerVerification>();
    }

    public static void MapVerification(this IEndpointRouteBuilder app)
    {
        app.MapCustomerStyles();
        var group = app.MapGroup("/v").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().AddEndpointFilter(FriendlyAsync);
        group.MapMethods("{token}", ["GET", "HEAD"], ShowAsync).WithName("ShowVerification");
        group.MapPost("{token}", PostAsync).WithName("AnswerVerification").WithBodyLimit(MostBytes);
    }

    private static MessageSettings Settings(HarkOptions options, UnsubscribeLinks unsubscribe) => new(options.PublicUrl,
        options.Mail is { } mail && System.Net.Mail.MailAddress.TryCreate(mail.From, out var from) ? from.Address : null, unsubscribe.UrlFor);

    private static async Task<IResult> ShowAsync(string token, HttpContext context, AnswerVerification answers, CancellationToken cancellation) =>
        Page(context, await answers.LookAsync(token, cancellation));

    private static async Task<IResult> PostAsync(string token, HttpContext context, AnswerVerification answers, CancellationToken cancellation)
    {
        var form = await FormAsync(context.Request, cancellation);
        if (form.TryGetValue("comment", out var words))
        {
            // Browsers count a line break as one character for maxlength and send two.
            var comment = words.ToString().ReplaceLineEndings("\n").Trim();
            if (comment.Length is 0 or > AnswerVerification.LongestComment) return Page(context, await answers.LookAsync(token, cancellation), refused: comment.Length > 0);
            var (taken, view) = await answers.CommentAsync(token, comment, cancellation);
            return Page(context, view, commented: taken);
        }
        return form["a"].ToString() switch
        {
            "yes" => Page(context, await answers.AnswerAsync(token, solved: true, cancellation)),
            "no" => Page(context, await answers.AnswerAsync(token, solved: false, cancellation)),
            _ => Page(context, await answers.LookAsync(token, cancellation), refused: true),
        };
    }

    /// <summary>404 for what we do not know, 410 for what is over, 400 for a form that is not ours; always with a page.</summary>
    private static IResult Page(HttpContext context, VerificationView view, bool commented = false, bool refused = false)
    {
        var query = context.Request.Query;
        var html = VerificationPage.Render(view, query["a"], query["l"], CustomerPage.AcceptedLanguage(context), commented);
        return CustomerPage.Answer(context, html, view.Standing switch
        {
            Standing.Unknown => StatusCodes.Status404NotFound,
            Standing.Expired => StatusCodes.Status410Gone,
            _ => refused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        });
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await request.ReadFormAsync(cancellation);
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>A customer who meets a failure of ours reads a sentence, not a problem document.</summary>
    private static async ValueTask<object?> FriendlyAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or BadHttpRequestException))
        {
            var context = invocation.HttpContext;
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(VerificationFeature));
            log.LogError(e, "A verification page failed");
            return CustomerPage.Answer(context, VerificationPage.Failed(context.Request.Query["l"], CustomerPage.AcceptedLanguage(context)), StatusCodes.Status503ServiceUnavailable);
        }
    }
}
