using System.Text;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>Answers as files.</summary>
internal static class Answers
{
    /// <summary>The answer as a file of CSV; its error as a problem.</summary>
    public static IResult ToCsv<T>(this Result<T> answer, Func<T, string> text, string name) => answer.Error is { } error ? error.ToProblem() : Csv(text(answer.Value), name);

    /// <summary>The answer as a drawing; its error as a problem.</summary>
    public static IResult ToSvg<T>(this Result<T> answer, Func<T, string> draw, string name) => answer.Error is { } error ? error.ToProblem() : Svg(draw(answer.Value), name);

    public static IResult Csv(string text, string name) => TypedResults.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", name);

    public static IResult Svg(string text, string name) => TypedResults.File(Encoding.UTF8.GetBytes(text), "image/svg+xml; charset=utf-8", name);
}
