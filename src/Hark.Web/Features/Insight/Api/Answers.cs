using System.Text;

namespace Hark.Web.Features.Insight.Api;

/// <summary>Answers as files.</summary>
internal static class Answers
{
    public static IResult Csv(string text, string name) => TypedResults.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", name);

    public static IResult Svg(string text, string name) => TypedResults.File(Encoding.UTF8.GetBytes(text), "image/svg+xml; charset=utf-8", name);
}
