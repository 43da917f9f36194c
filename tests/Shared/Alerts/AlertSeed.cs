using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RulePortal.Data.Alerts;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Tests.Alerts;

/// <summary>An alert as a test says it; what it does not say is that of the first rule.</summary>
internal sealed record AlertSeed
{
    public static readonly DateTime Noon = new(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc);

    public static readonly Guid FirstRule = new("1c408090-0320-44d5-aba8-e55500c2cfad");

    private static int keys;

    public Guid RuleId { get; init; } = FirstRule;

    public string RuleName { get; init; } = "Rare/New Outbound connections from VMs by process and location";

    public int RuleVersion { get; init; } = 1;

    public string? Title { get; init; }

    public string? Summary { get; init; }

    public Severity Severity { get; init; } = Severity.Low;

    public DateTime RaisedUtc { get; init; } = Noon.AddMinutes(5);

    public DateTime WindowEndUtc { get; init; } = Noon;

    public IReadOnlyList<AttackTactic> Tactics { get; init; } =
        [AttackTactic.CommandAndControl, AttackTactic.InitialAccess, AttackTactic.Exfiltration, AttackTactic.Discovery, AttackTactic.Collection];

    public IReadOnlyList<string> Techniques { get; init; } = ["T1071"];

    public string Host { get; init; } = "web-01.contoso.example";

    public string Process { get; init; } = "updater";

    public string SourceIp { get; init; } = "10.1.4.20";

    public string Country { get; init; } = "Moldova";

    public IReadOnlyList<FindingEntity>? Entities { get; init; }

    /// <summary>The countries among the entities, unless it is said.</summary>
    public IReadOnlyList<Subject>? Subjects { get; init; }

    private IReadOnlyList<FindingEntity> Named => Entities ??
        [new(EntityType.Host, Host), new(EntityType.Process, Process), new(EntityType.Ip, SourceIp), new(EntityType.Country, Country)];

    public int Rows { get; init; } = 6;

    public long CountryRows { get; init; } = 2;

    public Alert Build() => new(
        new AlertContent(
            RuleName,
            Title ?? $"{Process} on {Host} connected to {Country}",
            Summary ?? $"{Process} on {Host} made {Rows} connections to {Country}, which {CountryRows} rows of the 30 days before name.",
            Severity,
            "more than 5",
            Tactics,
            Techniques,
            Named,
            Subjects ?? [.. Named.Where(entity => entity.Type == EntityType.Country).Select(entity => Subject.Of("RemoteCountry", entity.Value))],
            BaselineDays: 30,
            LookbackDays: 30),
        BuildOccurrence(),
        RaisedUtc);

    public Occurrence BuildOccurrence() => new()
    {
        RuleId = RuleId,
        RuleVersion = RuleVersion,
        WindowStartUtc = WindowEndUtc.AddHours(-1),
        WindowEndUtc = WindowEndUtc,
        GroupKey = Interlocked.Increment(ref keys).ToString("x8", CultureInfo.InvariantCulture),
        AttemptId = 1,
        MaxBatchSeq = 1,
        TotalRows = Rows,
        Evidence = [.. Enumerable.Range(0, Rows).Select(Row)],
    };

    private EvidenceRow Row(int ordinal)
    {
        var destination = $"203.0.113.{(ordinal % 250) + 1}";
        var first = WindowEndUtc.AddMinutes(-50);
        return new EvidenceRow
        {
            Ordinal = ordinal,
            GroupKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Host}/{Process}/{ordinal}"))),
            Subject = Subject.Of("RemoteCountry", Country).Key,
            Columns = FindingJson.WriteColumns(
            [
                new("ProcessName", Process),
                new("SourceIp", SourceIp),
                new("DestinationIp", "203.0.113.1"),
                new("RemoteCountry", Country),
                new("count_", 3L),
                new("Computer", Host),
                new("Direction", "outbound"),
                new("ProcessName1", Process),
                new("SourceIp1", SourceIp),
                new("DestinationIp1", destination),
                new("DestinationPort", 443),
                new("Protocol", "tcp"),
                new("RemoteCountry1", Country),
                new("MaliciousIp", ""),
                new("min_TimeGenerated", first),
                new("max_TimeGenerated", first.AddMinutes(ordinal % 40)),
                new("sum_BytesSent", 5120L + ordinal),
                new("sum_BytesReceived", 204_800L),
            ]),
            Explanation = FindingJson.WriteExplanation(new Explanation(
                $"{Process} on {Host} reached {destination} in {Country}.",
                $"{Country} is rare: {CountryRows} rows in the 30 days before are not more than 5.",
                [
                    new("countryRows", $"Rows of {Country} in the 30 days before", CountryRows, false, 5, "more than 5 rows make the country common", "rows"),
                    new("tupleRows", "Rows of this connection in the 7 days before", ordinal % 3, false, 7, "more than 7 rows make the connection known", "rows"),
                ],
                [new EvidenceFacts("Before the window", [new("This tuple was first seen", "Never before"), new(EvidenceFacts.Oldest, null, WindowEndUtc.AddDays(-62))])])),
        };
    }
}
