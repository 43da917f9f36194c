using CsCheck;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>
/// What random rows of one evaluation are made of: instants on and around its boundaries, and numbers that sums stumble over.
/// </summary>
internal static class Histories
{
    public static readonly DateTime Now = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    // CsCheck's own variable: mutation testing runs each property once a mutant and makes do with fewer.
    public static int Count { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 4_000;

    public static Gen<long?> Bytes { get; } = Gen.OneOf<long?>(null, null, 0, 1, 100, 5_000, 9_999, -1, long.MaxValue, long.MinValue);

    public static Gen<DateTime> Instants(TimeSpan window, params TimeSpan[] lookbacks) => Gen.Frequency<DateTime>(
        (6, Gen.Int[0, 59].Select(minute => Now - (window * (minute / 60.0)) - TimeSpan.FromTicks(1))),
        (3, Gen.Int[1, 100].Select(part => Now - window - (TimeSpan.FromHours(4) * (part / 100.0)))),
        (2, Gen.Int[1, 100].Select(part => Now - window - (TimeSpan.FromDays(32) * (part / 100.0)))),
        (3, from boundary in Gen.OneOf([TimeSpan.Zero, window, .. lookbacks])
            from ticks in Gen.Int[-1, 1]
            select Now - boundary + TimeSpan.FromTicks(ticks)));
}
