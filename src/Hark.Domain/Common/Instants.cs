namespace Hark.Domain.Common;

/// <summary>Times as Hark keeps them: UTC, whole microseconds (PostgreSQL's precision, so both stores give back what was written).</summary>
public static class Instants
{
    /// <summary>The same instant with offset zero and the part below a microsecond cut off.</summary>
    public static DateTimeOffset Trim(this DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>Now, as it will be stored.</summary>
    public static DateTimeOffset Now(this TimeProvider time) => time.GetUtcNow().Trim();

    /// <summary>The start of the UTC hour that contains the instant.</summary>
    public static DateTimeOffset HourStart(this DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>A new time-ordered id (UUID v7). Ids made within one millisecond are in random order.</summary>
    public static Guid NewId(this TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
