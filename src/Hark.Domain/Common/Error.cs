namespace Hark.Domain.Common;

/// <summary>The kinds of expected failure; each maps to one HTTP status.</summary>
public enum ErrorKind { Invalid, Unauthorised, Forbidden, NotFound, Conflict, TooLarge, Limited, Unavailable }

/// <summary>
/// An expected failure, as a value. Exceptions are for bugs and broken infrastructure.
/// </summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable, machine-readable, from the closed list in <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">One sentence that says how to repair it.</param>
public sealed record Error(ErrorKind Kind, string Code, string Detail)
{
    /// <summary>For invalid input: reasons by JSON pointer.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    public static Error Invalid(InputErrors errors, string detail = "The input has errors; each is named by its place.") =>
        new(ErrorKind.Invalid, ErrorCodes.InvalidInput, detail) { Fields = errors.ToDictionary() };

    public static Error Invalid(string pointer, string reason)
    {
        var errors = new InputErrors();
        errors.Add(pointer, reason);
        return Invalid(errors);
    }

    /// <summary>"Not there" and "not yours" are the same answer.</summary>
    public static Error NotFound(string what) => new(ErrorKind.NotFound, ErrorCodes.NotFound, $"There is no such {what}.");
}

/// <summary>The closed list of <c>code</c> values in problem responses.</summary>
public static class ErrorCodes
{
    public const string InvalidInput = "invalid_input";
    public const string MalformedJson = "malformed_json";
    public const string Unauthorised = "unauthorised";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string CaseState = "case_state";
    public const string VersionConflict = "version_conflict";
    public const string Conflict = "conflict";
    public const string TooLarge = "too_large";
    public const string RateLimited = "rate_limited";
    public const string Overloaded = "overloaded";
    public const string StorageFull = "storage_full";
    public const string Unavailable = "unavailable";
    public const string Timeout = "timeout";
    public const string Internal = "internal";

    /// <summary>Every code, for the API description and its test.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InvalidInput, MalformedJson, Unauthorised, Forbidden, NotFound, MethodNotAllowed, UnsupportedMediaType, CaseState, VersionConflict,
        Conflict, TooLarge, RateLimited, Overloaded, StorageFull, Unavailable, Timeout, Internal,
    ];
}

/// <summary>A value or an expected failure.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>The failure, or null on success.</summary>
    public Error? Error { get; }

    public bool Ok => Error is null;

    /// <summary>The value of a success. Throws on a failure: check <see cref="Ok"/> first.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException(Error.Detail);

    internal static Result<T> Success(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Error error) => new(default, error);

    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) => Error is null ? success(_value!) : failure(Error);
}

/// <summary>Makes results where the implicit conversion cannot: from values known by an interface.</summary>
public static class Result
{
    public static Result<T> From<T>(T value) => Result<T>.Success(value);
}
