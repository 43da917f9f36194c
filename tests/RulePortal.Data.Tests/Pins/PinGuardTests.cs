using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Tests.Pins;

/// <summary>Saving a definition that breaks a pin.</summary>
public abstract class PinGuardTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly RuleDefinition Breaking = PinShelf.With("""{"countryThreshold":2}""");

    [Fact]
    public async Task SaveAsync_BreaksAPin_WritesNothingAndNamesIt()
    {
        PinShelf shelf = await PinnedAsync();

        RuleSaveResult result = await shelf.Rules.SaveAsync(PinShelf.RuleId, 1, Breaking, "", TestStore.Ada, default);

        Assert.Equal((RuleSaveOutcome.BreaksPins, 1), (result.Outcome, result.Version));
        JudgedPin broken = Assert.Single(result.Pins.Broken);
        Assert.Equal((shelf.AlertId, PinKind.MustFire, "Alfa was rare"), (broken.Pin.AlertId, broken.Pin.Pin.Kind, broken.Pin.Title));
        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal(1, await db.RuleVersions.CountAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.AuditEntries.AnyAsync(entry => entry.Action == AuditActions.RuleSave, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SaveOverridingPins_WithAReason_IsRememberedByTheVersionAndTheTrail()
    {
        PinShelf shelf = await PinnedAsync();

        RuleSaveResult result = await shelf.Rules.SaveOverridingPinsAsync(PinShelf.RuleId, 1, Breaking, "Quieter.", "  Alfa is ours now. ", TestStore.Ada, default);

        Assert.Equal((RuleSaveOutcome.Saved, 2), (result.Outcome, result.Version));
        RuleVersionRow version = (await new RuleQueries(Store, shelf.Rules, Store.Clock).VersionsAsync(PinShelf.RuleId, 0, 1, default)).Items[0];
        Assert.Equal("Alfa is ours now.", version.PinOverride);
        BrokenPin broken = Assert.Single(version.BrokenPins);
        Assert.Equal((shelf.AlertId, PinKind.MustFire, "Alfa was rare", Store.Clock.GetUtcNow().UtcDateTime), (broken.AlertId, broken.Kind, broken.Title, broken.WindowEndUtc));
        Assert.Contains("it had 3 rows in 30 d", broken.Why, StringComparison.Ordinal);
        await using PortalDbContext db = Store.CreateDbContext();
        AuditEntry entry = await db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.RuleSave, TestContext.Current.CancellationToken);
        Assert.Equal($"Breaks 1 pin (alert {shelf.AlertId} must fire): Alfa is ours now. Version 2: Quieter.", entry.Detail);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task SaveOverridingPins_ReasonEmptyOrTooLong_IsInvalid(string? reason)
    {
        PinShelf shelf = await PinnedAsync();

        RuleSaveResult result = await shelf.Rules.SaveOverridingPinsAsync(PinShelf.RuleId, 1, Breaking, "", reason ?? new string('x', RuleStore.MaxOverrideLength + 1), TestStore.Ada, default);

        Assert.Equal((RuleSaveOutcome.Invalid, "overridePins"), (result.Outcome, Assert.Single(result.Errors).Field));
    }

    [Fact]
    public async Task SaveOverridingPins_NoPinBreaks_KeepsNoReason()
    {
        PinShelf shelf = await PinnedAsync();

        RuleSaveResult result = await shelf.Rules.SaveOverridingPinsAsync(PinShelf.RuleId, 1, PinShelf.Rule with { TriggerThreshold = 6 }, "", "in case", TestStore.Ada, default);

        Assert.Equal(RuleSaveOutcome.Saved, result.Outcome);
        RuleVersionRow version = (await new RuleQueries(Store, shelf.Rules, Store.Clock).VersionsAsync(PinShelf.RuleId, 0, 1, default)).Items[0];
        Assert.Equal((null, 0), (version.PinOverride, version.BrokenPins.Count));
    }

    [Fact]
    public async Task SaveAsync_WordsAlone_AreNotJudged()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        // The version in force breaks it already.
        await shelf.PinAsync(PinKind.MustNotFire);

        RuleSaveResult result = await shelf.Rules.SaveAsync(PinShelf.RuleId, 1, PinShelf.Rule with { Name = "Louder", Severity = Severity.High, SuppressionDuration = TimeSpan.FromHours(5) }, "", TestStore.Ada, default);

        Assert.Equal((RuleSaveOutcome.Saved, 0), (result.Outcome, result.Pins.Pins.Count));
        Assert.Equal(RuleSaveOutcome.BreaksPins, (await shelf.Rules.SaveAsync(PinShelf.RuleId, 2, PinShelf.Rule with { TriggerThreshold = 4 }, "", TestStore.Ada, default)).Outcome);
    }

    [Fact]
    public async Task SaveAsync_CannotBeJudged_IsSavedAndSaysSo()
    {
        PinShelf shelf = await PinnedAsync();

        RuleSaveResult result = await shelf.Rules.SaveAsync(PinShelf.RuleId, 1, PinShelf.Rule with { QueryFrequency = TimeSpan.FromHours(2) }, "", TestStore.Ada, default);

        Assert.Equal(RuleSaveOutcome.Saved, result.Outcome);
        Assert.Equal(PinStanding.CannotBeJudged, Assert.Single(result.Pins.Unknown).Verdict.Standing);
    }

    [Fact]
    public async Task SaveAsync_PinnedBetweenJudgingAndWriting_IsJudgedAgain()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        var overtaken = new OvertakenStore(Store, () => shelf.PinAsync(PinKind.MustFire));
        var rules = new RuleStore(overtaken, DetectorCatalog.Shipped, Store.Pins, Store.Clock);

        RuleSaveResult result = await rules.SaveAsync(PinShelf.RuleId, 1, Breaking, "", TestStore.Ada, default);

        Assert.Equal((RuleSaveOutcome.BreaksPins, 1), (result.Outcome, result.Pins.Broken.Count));
    }

    [Fact]
    public async Task SaveAsync_WhoeverMayNotSave_IsRefusedBeforeJudging()
    {
        PinShelf shelf = await PinnedAsync();

        await Assert.ThrowsAsync<ActorRefusedException>(() => shelf.Rules.SaveAsync(PinShelf.RuleId, 1, Breaking, "", new Actor("dev:r", "R") { Rights = ActorRights.Respond }, default));
    }

    private async Task<PinShelf> PinnedAsync()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await shelf.PinAsync(PinKind.MustFire);
        return shelf;
    }
}

public sealed class SqlitePinGuardTests() : PinGuardTests(StoreKind.Sqlite);

public sealed class SqlServerPinGuardTests() : PinGuardTests(StoreKind.SqlServer);
