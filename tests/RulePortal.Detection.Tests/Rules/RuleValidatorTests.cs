using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Tests.Rules;

public sealed class RuleValidatorTests
{
    private static readonly RuleDefinition Valid = Bound.Shipped;

    public static TheoryData<string, Func<RuleDefinition, RuleDefinition>, string, string> Faults => new()
    {
        { "no name", rule => rule with { Name = " " }, "name", "name.missing" },
        { "long name", rule => rule with { Name = new string('n', 257) }, "name", "name.too-long" },
        { "long description", rule => rule with { Description = new string('d', 5_001) }, "description", "description.too-long" },
        { "severity", rule => rule with { Severity = (Severity)9 }, "severity", "severity.unknown" },
        { "tactic", rule => rule with { Tactics = [(AttackTactic)99] }, "tactics", "tactics.unknown" },
        { "tactic twice", rule => rule with { Tactics = [AttackTactic.Impact, AttackTactic.Impact] }, "tactics", "tactics.repeated" },
        { "technique", rule => rule with { Techniques = ["T107"] }, "techniques", "techniques.malformed" },
        { "technique lower case", rule => rule with { Techniques = ["t1071"] }, "techniques", "techniques.malformed" },
        { "sub-technique", rule => rule with { Techniques = ["T1071.01"] }, "techniques", "techniques.malformed" },
        { "technique line end", rule => rule with { Techniques = ["T1071\n"] }, "techniques", "techniques.malformed" },
        { "technique twice", rule => rule with { Techniques = ["T1071", "T1071"] }, "techniques", "techniques.repeated" },
        { "detector", rule => rule with { Detector = "Other" }, "detector", "detector.unknown" },
        {
            "settings",
            rule => rule with { SettingsJson = """{"countryThreshold":-1}""" },
            "settings.countryThreshold",
            "settings.countryThreshold.out-of-range"
        },
        {
            "short frequency",
            rule => rule with { QueryFrequency = TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1), QueryPeriod = TimeSpan.FromDays(1) },
            "queryFrequency",
            "frequency.too-short"
        },
        {
            "long frequency",
            rule => rule with
            {
                QueryFrequency = TimeSpan.FromDays(14) + TimeSpan.FromTicks(1),
                SettingsJson = """{"currentWindow":"PT1H"}""",
            },
            "queryFrequency",
            "frequency.too-long"
        },
        {
            "short period",
            rule => rule with
            {
                QueryFrequency = TimeSpan.FromMinutes(5),
                QueryPeriod = TimeSpan.FromMinutes(4),
                SettingsJson = """{"countryLookback":"P7D"}""",
            },
            "queryPeriod",
            "period.too-short+period.shorter-than-frequency"
        },
        {
            "long period",
            rule => rule with { QueryPeriod = TimeSpan.FromDays(75) + TimeSpan.FromTicks(1) },
            "queryPeriod",
            "period.too-long"
        },
        {
            "period under frequency",
            rule => rule with { QueryPeriod = TimeSpan.FromMinutes(59), SettingsJson = """{"countryLookback":"P7D"}""" },
            "queryPeriod",
            "period.shorter-than-frequency"
        },
        {
            "fast with two days",
            rule => rule with { QueryFrequency = TimeSpan.FromMinutes(59), QueryPeriod = TimeSpan.FromDays(2) },
            "queryFrequency",
            "frequency.too-short-for-period"
        },
        { "operator", rule => rule with { TriggerOperator = (TriggerOperator)7 }, "triggerOperator", "trigger-operator.unknown" },
        { "negative threshold", rule => rule with { TriggerThreshold = -1 }, "triggerThreshold", "threshold.out-of-range" },
        { "great threshold", rule => rule with { TriggerThreshold = 10_001 }, "triggerThreshold", "threshold.out-of-range" },
        {
            "fewer than none",
            rule => rule with { TriggerOperator = TriggerOperator.LessThan, TriggerThreshold = 0 },
            "triggerThreshold",
            "threshold.never-holds"
        },
        { "held above nothing", rule => rule with { HoldAbove = 0 }, "holdAbove", "hold-above.out-of-range" },
        { "held above too many", rule => rule with { HoldAbove = 1_000_001 }, "holdAbove", "hold-above.out-of-range" },
        { "grouping", rule => rule with { EventGrouping = (EventGrouping)7 }, "eventGrouping", "event-grouping.unknown" },
        {
            "long silence",
            rule => rule with { SuppressionDuration = TimeSpan.FromHours(25) },
            "suppressionDuration",
            "suppression.too-long"
        },
        {
            "short silence",
            rule => rule with
            {
                SuppressionDuration = TimeSpan.FromMinutes(4),
                QueryFrequency = TimeSpan.FromMinutes(5),
                QueryPeriod = TimeSpan.FromDays(1),
            },
            "suppressionDuration",
            "suppression.too-short+suppression.shorter-than-frequency"
        },
        {
            "silence under frequency",
            rule => rule with { SuppressionDuration = TimeSpan.FromMinutes(59) },
            "suppressionDuration",
            "suppression.shorter-than-frequency"
        },
        { "negative learning", rule => rule with { LearningPeriod = TimeSpan.FromTicks(-1) }, "learningPeriod", "learning.too-short" },
        { "long learning", rule => rule with { LearningPeriod = TimeSpan.FromDays(31) }, "learningPeriod", "learning.too-long" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Validate_OneFault_NamesFieldAndCode(string what, Func<RuleDefinition, RuleDefinition> spoil, string field, string codes)
    {
        var errors = Validate(spoil(Valid));

        Assert.NotEmpty(what);
        Assert.Equal(codes.Split('+'), errors.Select(error => error.Code));
        Assert.All(errors, error => Assert.Equal(field, error.Field));
        Assert.All(errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
    }

    public static TheoryData<string, Func<RuleDefinition, RuleDefinition>> AtTheLimits => new()
    {
        { "longest words", rule => rule with { Name = new string('n', 256), Description = new string('d', 5_000) } },
        {
            "fastest",
            rule => rule with { QueryFrequency = TimeSpan.FromMinutes(5), QueryPeriod = TimeSpan.FromDays(2) - TimeSpan.FromTicks(1) }
        },
        {
            "slowest",
            rule => rule with
            {
                QueryFrequency = TimeSpan.FromDays(14),
                QueryPeriod = TimeSpan.FromDays(75),
                SettingsJson = """{"tupleLookback":"P20D"}""",
            }
        },
        { "hourly with two days", rule => rule with { QueryFrequency = TimeSpan.FromHours(1), QueryPeriod = TimeSpan.FromDays(2) } },
        {
            "period as frequency",
            rule => rule with { QueryPeriod = TimeSpan.FromHours(1), SettingsJson = """{"countryLookback":"P7D"}""" }
        },
        { "thresholds", rule => rule with { TriggerThreshold = 10_000 } },
        { "no threshold", rule => rule with { TriggerThreshold = 0 } },
        { "fewer than one", rule => rule with { TriggerOperator = TriggerOperator.LessThan, TriggerThreshold = 1 } },
        { "shortest silence", rule => rule with { SuppressionDuration = TimeSpan.FromHours(1) } },
        { "longest silence", rule => rule with { SuppressionDuration = TimeSpan.FromHours(24) } },
        { "no learning", rule => rule with { LearningPeriod = TimeSpan.Zero } },
        { "longest learning", rule => rule with { LearningPeriod = TimeSpan.FromDays(30) } },
        { "never held", rule => rule with { HoldAbove = null } },
        { "held above one", rule => rule with { HoldAbove = 1 } },
        { "held above very many", rule => rule with { HoldAbove = 1_000_000 } },
        { "techniques", rule => rule with { Techniques = ["T1071", "T1071.001"] } },
    };

    [Theory]
    [MemberData(nameof(AtTheLimits))]
    public void Validate_AtTheLimits_FindsNothing(string what, Func<RuleDefinition, RuleDefinition> change)
    {
        Assert.NotEmpty(what);
        Assert.Empty(Validate(change(Valid)));
    }

    [Fact]
    public void Validate_ManyFaults_ReportsAllInTheOrderOfTheForm() => Assert.Equal(
        ["name", "techniques", "queryPeriod", "triggerThreshold", "learningPeriod", "settings.direction"],
        Validate(Valid with
        {
            Name = "",
            Techniques = ["x"],
            SettingsJson = """{"direction":"up"}""",
            QueryPeriod = TimeSpan.FromDays(100),
            TriggerThreshold = -5,
            LearningPeriod = TimeSpan.FromDays(99),
        }).Select(error => error.Field));

    [Fact]
    public void Validate_OutOfRange_SaysRangeAndValue() => Assert.Equal(
        "QueryPeriod must be 5 min to 75 d; it is 100 d.",
        Assert.Single(Validate(Valid with { QueryPeriod = TimeSpan.FromDays(100) })).Message);

    private static IReadOnlyList<RuleError> Validate(RuleDefinition rule) => DetectorCatalog.Shipped.Check(rule, out _);
}
