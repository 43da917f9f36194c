using RulePortal.Data.Rules;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Features.Rules.Editing;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class RuleMergeTests
{
    private static readonly RuleDefinition Basis = ShippedRules.RareOutboundConnectionByProcess.Definition;

    [Fact]
    public void Merge_DifferentFields_TakesBoth()
    {
        var merged = RuleMerge.Merge(Basis, Basis with { Severity = Severity.High, Tactics = [AttackTactic.Impact] }, Basis with { TriggerThreshold = 9, Techniques = ["T1071"] });

        Assert.Equal(["severity", "tactics", "techniques", "triggerThreshold"], Changed(merged));
        Assert.Equal((Severity.High, 9), (merged.Severity, merged.TriggerThreshold));
    }

    [Fact]
    public void Merge_SameField_KeepsMine()
    {
        var merged = RuleMerge.Merge(Basis, Basis with { TriggerThreshold = 7, SuppressionDuration = TimeSpan.FromHours(3) }, Basis with { TriggerThreshold = 9 });

        Assert.Equal((9, TimeSpan.FromHours(3)), (merged.TriggerThreshold, merged.SuppressionDuration));
    }

    [Fact]
    public void Merge_DifferentSettings_TakesBothByKey()
    {
        var theirs = Basis with { SettingsJson = Basis.SettingsJson.Replace("\"countryThreshold\":5", "\"countryThreshold\":50", StringComparison.Ordinal) };
        var mine = Basis with { SettingsJson = Basis.SettingsJson.Replace("\"tupleThreshold\":7", "\"tupleThreshold\":70", StringComparison.Ordinal) };

        var merged = RuleMerge.Merge(Basis, theirs, mine);

        Assert.Equal(["settings.countryThreshold", "settings.tupleThreshold"], Changed(merged));
    }

    [Fact]
    public void Merge_EveryFieldMine_IsMine()
    {
        var mine = Basis with
        {
            Name = "Mine",
            Description = "Mine.",
            Severity = Severity.High,
            Tactics = [],
            Techniques = ["T1071"],
            SettingsJson = Basis.SettingsJson.Replace("outbound", "inbound", StringComparison.Ordinal),
            QueryFrequency = TimeSpan.FromHours(2),
            QueryPeriod = TimeSpan.FromDays(14),
            TriggerOperator = Detection.Rules.TriggerOperator.Equal,
            TriggerThreshold = 1,
            EventGrouping = Detection.Rules.EventGrouping.AlertPerResult,
            SuppressionDuration = TimeSpan.FromHours(5),
            LearningPeriod = TimeSpan.Zero,
            HoldAbove = null,
            BaselineExcludesAlerts = true,
        };

        Assert.Empty(RuleVersionDiff.Between(mine, RuleMerge.Merge(Basis, Basis, mine)));
        Assert.Empty(RuleVersionDiff.Between(mine, RuleMerge.Merge(Basis, mine, Basis)));
    }

    private static IEnumerable<string> Changed(RuleDefinition merged) => RuleVersionDiff.Between(Basis, merged).Select(change => change.Field);
}
