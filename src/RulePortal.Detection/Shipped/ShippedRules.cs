using System.Globalization;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Shipped;

/// <summary>The rules the product ships with, read from their authors' texts.</summary>
public static class ShippedRules
{
    /// <summary>Rare/New Outbound connections from VMs by process and location (Microsoft, MIT licence).</summary>
    public static ShippedRule RareOutboundConnectionByProcess { get; } = Read(RareConnectionDetectors.ByProcess);

    /// <summary>Every rule shipped.</summary>
    public static IReadOnlyList<ShippedRule> All { get; } = [RareOutboundConnectionByProcess];

    /// <summary>The licence under which the rules' query texts are used, with its notice.</summary>
    public static string QueryTextLicence { get; } = ReadText("LICENSE.Azure-Sentinel");

    private static ShippedRule Read(string detector)
    {
        var header = RuleTextHeader.Parse(ReadText(detector));
        return new ShippedRule(Guid.Parse(header["Id"]), new RuleDefinition
        {
            Name = header["Name"],
            Description = header["Description"],
            Severity = Enum.Parse<Severity>(header["Severity"], ignoreCase: true),
            Tactics = [.. header["Tactics"].Split(',', StringSplitOptions.TrimEntries).Select(Tactic)],
            TacticsText = header["Tactics"],
            QueryText = header.Query,
            Detector = detector,
            SettingsJson = DetectorCatalog.Shipped.Find(detector)!.ShippedSettings,
            QueryFrequency = Duration(header["QueryFrequency"]),
            QueryPeriod = Duration(header["QueryPeriod"]),
            TriggerOperator = Operator(header["AlertTriggerOperator"]),
            TriggerThreshold = int.Parse(header["AlertTriggerThreshold"], CultureInfo.InvariantCulture),
        });
    }

    private static string ReadText(string name)
    {
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream($"{name}.txt")
            ?? throw new InvalidOperationException($"The rule text {name}.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static AttackTactic Tactic(string text) =>
        AttackTactics.TryParse(text, out var tactic, out _) ? tactic : throw new FormatException($"'{text}' is no tactic.");

    private static TimeSpan Duration(string text) =>
        DurationText.TryParse(text, out var duration, out var error) ? duration : throw new FormatException(error);

    private static TriggerOperator Operator(string text) => text switch
    {
        "gt" => TriggerOperator.GreaterThan,
        "lt" => TriggerOperator.LessThan,
        "eq" => TriggerOperator.Equal,
        "ne" => TriggerOperator.NotEqual,
        _ => throw new FormatException($"'{text}' is no trigger operator; there are gt, lt, eq and ne."),
    };
}

/// <summary>A rule that every new store has.</summary>
/// <param name="Id">The id under which its author published it.</param>
/// <param name="Definition">Its first version.</param>
public sealed record ShippedRule(Guid Id, RuleDefinition Definition);
