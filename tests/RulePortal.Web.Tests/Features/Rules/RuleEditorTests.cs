using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Kit.Drafts;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class RuleEditorTests
{
    private static readonly ShippedRule Shipped = ShippedRules.RareOutboundConnectionByProcess;

    private readonly RuleEditor editor = new(Snapshot(1, Shipped.Definition), DetectorCatalog.Shipped, canEdit: true);

    [Fact]
    public void New_NothingTyped_IsNotDirtyAndSaysWhatTheRuleDoes()
    {
        Assert.False(editor.IsDirty);
        Assert.Empty(editor.Errors);
        Assert.Contains("Fires on more than 5 result rows", editor.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_Threshold_IsDirtyAndTheSummaryFollows()
    {
        var raised = 0;
        editor.Changed += (_, _) => raised++;

        editor.Change(draft => draft.TriggerThreshold = 12);

        Assert.Equal(1, raised);
        Assert.True(editor.IsDirty);
        Assert.Equal([new("triggerThreshold", "5", "12")], editor.Changes);
        Assert.Contains("Fires on more than 12 result rows", editor.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_BackToWhatIsSaved_IsNotDirty()
    {
        editor.Change(draft => draft.TriggerThreshold = 12);
        editor.Change(draft => draft.TriggerThreshold = 5);

        Assert.False(editor.IsDirty);
    }

    [Theory]
    [InlineData("720h")]
    [InlineData("P30D")]
    [InlineData("4w 2d")]
    public void Change_DurationInAnotherSpelling_IsNotDirtyAndStaysAsTyped(string typed)
    {
        editor.Change(draft => draft.QueryPeriod.Text = typed);

        Assert.False(editor.IsDirty);
        Assert.Equal(typed, editor.Draft.QueryPeriod.Text);
    }

    [Fact]
    public void Change_UnreadableDuration_IsAFaultOfItsFieldAndStaysAsTyped()
    {
        editor.Change(draft => draft.QueryFrequency.Text = "soon");

        Assert.True(editor.IsDirty);
        Assert.Empty(editor.Changes);
        Assert.Equal("soon", editor.Draft.QueryFrequency.Text);
        Assert.StartsWith("Query frequency cannot be read.", editor.Fault("queryFrequency"), StringComparison.Ordinal);
        Assert.Null(editor.Summary);
    }

    [Fact]
    public void Change_FaultsOnEveryTab_ListsAllInTheOrderOfTheTabs()
    {
        editor.Change(draft =>
        {
            draft.TriggerThreshold = null;
            draft.QueryFrequency.Text = "1 fortnight";
            Setting<CountInput>(draft, "tupleThreshold").Value = null;
            Setting<CountInput>(draft, "countryThreshold").Value = -1;
            Setting<DurationSettingInput>(draft, "tupleLookback").Input.Text = "";
            draft.Techniques = "T1071, nonsense";
            draft.Name = " ";
        });

        Assert.Equal(
            [
                "name", "techniques", "settings.countryThreshold", "settings.tupleLookback", "settings.tupleThreshold", "queryFrequency", "triggerThreshold",
            ],
            editor.Errors.Select(error => (Tab: RuleFields.Tab(error.Field), error.Field)).OrderBy(error => error.Tab).ThenBy(error => error.Field, StringComparer.Ordinal).Select(error => error.Field));
        Assert.Equal(editor.Errors.Select(error => RuleFields.Tab(error.Field)).Order(), editor.Errors.Select(error => RuleFields.Tab(error.Field)));
    }

    [Fact]
    public void Change_EmptyFollowingDuration_IsNullAndFollows()
    {
        var lookback = Setting<DurationSettingInput>(editor.Draft, "countryLookback");
        editor.Change(_ => lookback.Input.Text = "14d");
        Assert.Equal([new("settings.countryLookback", null, "P14D")], editor.Changes);

        editor.Change(_ => lookback.Input.Text = "  ");

        Assert.False(editor.IsDirty);
    }

    [Fact]
    public void Change_EveryField_IsReadIntoTheDefinition()
    {
        editor.Change(draft =>
        {
            draft.Name = " Another name ";
            draft.Description = "Why.";
            draft.Severity = Severity.High;
            draft.Tactics = [AttackTactic.Impact];
            draft.Techniques = "T1071,T1041;T1048.003";
            draft.QueryFrequency.Text = "2h";
            draft.QueryPeriod.Text = "14d";
            draft.TriggerOperator = TriggerOperator.Equal;
            draft.TriggerThreshold = 1;
            draft.EventGrouping = EventGrouping.AlertPerResult;
            draft.Suppression.Text = "5h";
            draft.LearningPeriod.Text = "0s";
            draft.HoldAbove = 77;
            draft.BaselineExcludesAlerts = true;
            Setting<ChoiceInput>(draft, "direction").Value = "inbound";
            Setting<CountInput>(draft, "tupleThreshold").Value = 9;
        });

        Assert.Empty(editor.Errors);
        var rule = editor.Reading.Definition;
        Assert.Equal(("Another name", "Why.", Severity.High), (rule.Name, rule.Description, rule.Severity));
        Assert.Equal([AttackTactic.Impact], rule.Tactics);
        Assert.Equal(["T1071", "T1041", "T1048.003"], rule.Techniques);
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromDays(14), TimeSpan.FromHours(5), TimeSpan.Zero), (rule.QueryFrequency, rule.QueryPeriod, rule.SuppressionDuration, rule.LearningPeriod));
        Assert.Equal((TriggerOperator.Equal, 1, EventGrouping.AlertPerResult, 77, true), (rule.TriggerOperator, rule.TriggerThreshold, rule.EventGrouping, rule.HoldAbove, rule.BaselineExcludesAlerts));
        Assert.Contains("\"direction\":\"inbound\"", rule.SettingsJson, StringComparison.Ordinal);
        Assert.Contains("\"tupleThreshold\":9", rule.SettingsJson, StringComparison.Ordinal);
        Assert.Equal(Shipped.Definition.QueryText, rule.QueryText);
    }

    [Fact]
    public void Reset_ChangedSettings_AreShippedAgain()
    {
        editor.Change(draft =>
        {
            Setting<ChoiceInput>(draft, "direction").Value = "inbound";
            Setting<CountInput>(draft, "countryThreshold").Value = 9;
            Setting<DurationSettingInput>(draft, "tupleLookback").Input.Text = "gibberish";
        });
        Assert.Equal(3, editor.Draft.Settings.Count(input => !input.IsShipped));

        editor.Change(draft => draft.Settings.ToList().ForEach(input => input.Reset()));

        Assert.All(editor.Draft.Settings, input => Assert.True(input.IsShipped));
        Assert.False(editor.IsDirty);
    }

    [Fact]
    public void Advice_KnobWithoutEffect_SaysSoUntilItHasOne()
    {
        Assert.Contains(editor.Advice, advice => advice.Field == "settings.tupleThreshold");

        editor.Change(draft => Setting<CountInput>(draft, "countryThreshold").Value = 50);

        Assert.DoesNotContain(editor.Advice, advice => advice.Field == "settings.tupleThreshold");
    }

    [Fact]
    public void Refuse_WhatTheStoreSaid_IsShownUntilSomethingChanges()
    {
        editor.Refuse([new("name.taken", "name", "Another rule has that name.")]);
        Assert.Equal("Another rule has that name.", editor.Fault("name"));

        editor.Change(draft => draft.Name = "Free");

        Assert.Null(editor.Fault("name"));
    }

    [Fact]
    public void Discard_AfterChanges_IsWhatIsSaved()
    {
        editor.Change(draft => draft.QueryFrequency.Text = "soon");

        editor.Discard();

        Assert.False(editor.IsDirty);
        Assert.Equal("1 h", editor.Draft.QueryFrequency.Text);
    }

    [Fact]
    public void LoadIntoForm_EarlierVersion_IsDirtyAgainstTheVersionInForce()
    {
        var current = new RuleEditor(Snapshot(2, Shipped.Definition with { TriggerThreshold = 9 }), DetectorCatalog.Shipped, canEdit: true);

        current.LoadIntoForm(Shipped.Definition, 1);

        Assert.Equal([new("triggerThreshold", "9", "5")], current.Changes);
        Assert.Equal(1, current.LoadedVersion);
        current.Discard();
        Assert.Null(current.LoadedVersion);
    }

    [Fact]
    public void Rebase_NewerVersion_KeepsWhatIsTyped()
    {
        editor.Change(draft => draft.TriggerThreshold = 12);

        editor.Rebase(Snapshot(2, Shipped.Definition with { Severity = Severity.High }));

        Assert.Equal(12, editor.Draft.TriggerThreshold);
        Assert.Equal(["severity", "triggerThreshold"], editor.Changes.Select(change => change.Field));
    }

    [Fact]
    public void New_UnknownDetector_HasNoSettingsAndKeepsTheirText()
    {
        var unknown = new RuleEditor(Snapshot(1, Shipped.Definition with { Detector = "Gone", SettingsJson = """{"x":1}""" }), DetectorCatalog.Shipped, canEdit: true);

        Assert.Empty(unknown.Draft.Settings);
        Assert.Equal("""{"x":1}""", unknown.Reading.Definition.SettingsJson);
        Assert.NotNull(unknown.Fault("detector"));
        Assert.False(unknown.IsDirty);
    }

    private static T Setting<T>(RuleDraft draft, string key)
        where T : SettingInput => draft.Settings.OfType<T>().Single(input => input.Setting.Key == key);

    private static RuleSnapshot Snapshot(int version, RuleDefinition definition) =>
        new(Shipped.Id, version, definition, true, null, DateTime.UnixEpoch, null, DateTime.UnixEpoch, "System");
}
