using RulePortal.Data.Connections;
using RulePortal.Data.Pins;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Pins;

/// <summary>How pins stand under definitions that change one thing each.</summary>
public abstract class RulePinsTests(StoreKind kind) : StoreTests(kind)
{
    /// <summary>What is changed, how each kind of pin stands then, and what the sentence has to say.</summary>
    public static TheoryData<string, PinStanding, PinStanding, string> Changes => new()
    {
        { "nothing", PinStanding.Holds, PinStanding.Breaks, "7 of its 7 rows are raised (Alfa, Bravo). The window has 7 result rows and fires on more than 5." },
        { "suppression and learning", PinStanding.Holds, PinStanding.Breaks, "7 of its 7 rows are raised" },
        { "one alert a row", PinStanding.Holds, PinStanding.Breaks, "7 of its 7 rows are raised" },
        { "country threshold", PinStanding.Breaks, PinStanding.Holds, "Alfa is not among the result rows: it had 3 rows in 30 d, and the country threshold lets 2 through. The window has 1 result row and does not fire, as it takes more than 5." },
        { "country threshold and trigger", PinStanding.Breaks, PinStanding.Breaks, "The window has 1 result row and fires on more than 0." },
        { "trigger threshold", PinStanding.Breaks, PinStanding.Holds, "The window has 7 result rows and does not fire, as it takes more than 7." },
        { "trigger operator", PinStanding.Breaks, PinStanding.Holds, "does not fire, as it takes fewer than 5." },
        { "direction", PinStanding.Breaks, PinStanding.Holds, "or the rule does not look at its rows" },
        { "frequency", PinStanding.CannotBeJudged, PinStanding.CannotBeJudged, "The alert's window is 1 h long, and the definition's windows are 2 h." },
        { "odd frequency", PinStanding.CannotBeJudged, PinStanding.CannotBeJudged, "No window ends at 2026-01-31 00:00 UTC when the rule runs every 5 h." },
        { "lookback", PinStanding.CannotBeJudged, PinStanding.CannotBeJudged, "The lookback of 60 d reaches before the oldest record" },
        { "detector", PinStanding.CannotBeJudged, PinStanding.CannotBeJudged, "The definition has faults" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task JudgeAsync_EachKindUnderAChange_StandsAsItShould(string change, PinStanding mustFire, PinStanding mustNotFire, string why)
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        RuleDefinition changed = Changed(change);

        await shelf.PinAsync(PinKind.MustFire);
        PinVerdict fire = await shelf.JudgeAsync(changed);
        await shelf.PinAsync(PinKind.MustNotFire);
        PinVerdict silent = await shelf.JudgeAsync(changed);

        Assert.Equal((mustFire, mustNotFire), (fire.Standing, silent.Standing));
        Assert.Contains(why, change == "country threshold and trigger" ? fire.Why : silent.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JudgeAsync_AlertOfOneRow_IsJudgedByThatRowAlone()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await shelf.PinAsync(PinKind.MustFire, await shelf.RaiseAsync(PinShelf.Rule, EventGrouping.AlertPerResult, "row"));

        PinVerdict verdict = await shelf.JudgeAsync(PinShelf.Rule with { TriggerThreshold = 0 });

        Assert.Equal((PinStanding.Holds, "1 of its 1 row is raised (Alfa). The window has 7 result rows and fires on more than 0."), (verdict.Standing, verdict.Why));
    }

    [Fact]
    public async Task JudgeAsync_AlertWithoutRows_IsJudgedByTheTrigger()
    {
        RuleDefinition silence = PinShelf.With("""{"countryThreshold":0}""", 100) with { TriggerOperator = TriggerOperator.LessThan };
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await shelf.PinAsync(PinKind.MustFire, await shelf.RaiseAsync(silence with { SettingsJson = """{"direction":"inbound"}""" }, key: "silence"));

        Assert.Equal(PinStanding.Holds, (await shelf.JudgeAsync(silence)).Standing);
        Assert.Equal(PinStanding.Breaks, (await shelf.JudgeAsync(silence with { TriggerOperator = TriggerOperator.GreaterThan })).Standing);
    }

    [Fact]
    public async Task JudgeAsync_BatchWithdrawn_CannotBeJudged()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await shelf.PinAsync(PinKind.MustFire);
        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(shelf.AttackBatch, TestStore.Ada, default);

        PinVerdict verdict = await shelf.JudgeAsync(PinShelf.Rule);

        Assert.Equal((PinStanding.CannotBeJudged, "Its connections with Alfa, Bravo are not stored any more."), (verdict.Standing, verdict.Why));
    }

    [Fact]
    public async Task JudgeAsync_PinThatTheVersionInForceBreaks_SaysSo()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await shelf.PinAsync(PinKind.MustNotFire);
        await shelf.PinAsync(PinKind.MustFire, await shelf.RaiseAsync(PinShelf.Rule, key: "another"));

        PinReport report = await Store.Pins.JudgeAsync(PinShelf.RuleId, PinShelf.Rule with { TriggerThreshold = 6 }, PinShelf.Rule, default);

        Assert.Equal([PinStanding.Breaks, PinStanding.Holds], report.Pins.Select(pin => pin.Verdict.Standing));
        Assert.Equal(PinStanding.Breaks, Assert.Single(report.Broken).InForce!.Standing);
        Assert.Null(report.Pins[1].InForce);
    }

    private static RuleDefinition Changed(string change) => change switch
    {
        "suppression and learning" => PinShelf.Rule with { SuppressionDuration = TimeSpan.FromHours(24), LearningPeriod = TimeSpan.FromDays(30) },
        "one alert a row" => PinShelf.Rule with { EventGrouping = EventGrouping.AlertPerResult },
        "country threshold" => PinShelf.With("""{"countryThreshold":2}"""),
        "country threshold and trigger" => PinShelf.With("""{"countryThreshold":2}""", 0),
        "trigger threshold" => PinShelf.Rule with { TriggerThreshold = 7 },
        "trigger operator" => PinShelf.Rule with { TriggerOperator = TriggerOperator.LessThan },
        "direction" => PinShelf.With("""{"direction":"inbound"}"""),
        "frequency" => PinShelf.Rule with { QueryFrequency = TimeSpan.FromHours(2) },
        "odd frequency" => PinShelf.Rule with { QueryFrequency = TimeSpan.FromHours(5) },
        "lookback" => PinShelf.With("""{"countryLookback":"P60D"}"""),
        "detector" => PinShelf.Rule with { Detector = "Nothing" },
        _ => PinShelf.Rule,
    };
}

public sealed class SqliteRulePinsTests() : RulePinsTests(StoreKind.Sqlite);

public sealed class SqlServerRulePinsTests() : RulePinsTests(StoreKind.SqlServer);
