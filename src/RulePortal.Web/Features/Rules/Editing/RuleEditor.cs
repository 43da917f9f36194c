using RulePortal.Data;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Triggers;
using RulePortal.Web.Kit.Drafts;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>One rule being looked at or edited: what is saved, what is typed, and what that would mean.</summary>
public sealed class RuleEditor
{
    private readonly DetectorCatalog detectors;
    private IReadOnlyList<RuleError> refused = [];
    private RuleDefinition normalized;

    public RuleEditor(RuleSnapshot saved, DetectorCatalog detectors, bool canEdit)
    {
        this.detectors = detectors;
        CanEdit = canEdit;
        Saved = saved;
        normalized = detectors.Normalize(saved.Definition);
        Shipped = ShippedRules.All.FirstOrDefault(rule => rule.Id == saved.Id)?.Definition;
        Detector = detectors.Find(saved.Definition.Detector);
        Draft = new RuleDraft(saved.Definition, Detector);
        Reading = Draft.Read(detectors);
        Read();
    }

    /// <summary>After every change, once it is read.</summary>
    public event EventHandler? Changed;

    public bool CanEdit { get; }

    public RuleSnapshot Saved { get; private set; }

    public Detector? Detector { get; }

    /// <summary>The rule as it ships, or null for a rule that does not.</summary>
    public RuleDefinition? Shipped { get; }

    public RuleDraft Draft { get; private set; }

    public RuleReading Reading { get; private set; }

    /// <summary>What a saved version would change, as far as the fields can be read.</summary>
    public IReadOnlyList<FieldChange> Changes { get; private set; } = [];

    /// <summary>The rule in words, or null while it has faults.</summary>
    public string? Summary { get; private set; }

    public IReadOnlyList<RuleAdvice> Advice { get; private set; } = [];

    /// <summary>The earlier version that was put into the form, or null.</summary>
    public int? LoadedVersion { get; private set; }

    public bool IsDirty => !Reading.IsReadable || Changes.Count > 0;

    /// <summary>Every fault in the order of the form, and what the store refused last.</summary>
    public IReadOnlyList<RuleError> Errors => [.. Reading.Errors, .. refused];

    /// <summary>The first fault of a field, or null.</summary>
    public string? Fault(string field) => Errors.FirstOrDefault(error => error.Field == field)?.Message;

    /// <summary>Applies what somebody typed or chose.</summary>
    public void Change(Action<RuleDraft> change)
    {
        change(Draft);
        Read();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Shows what the store refused, until something changes.</summary>
    public void Refuse(IReadOnlyList<RuleError> errors)
    {
        refused = errors;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Forgets what was typed.</summary>
    public void Discard() => Load(Saved.Definition, null);

    /// <summary>Puts an earlier version into the form; saving it makes a new one.</summary>
    public void LoadIntoForm(RuleDefinition definition, int version) => Load(definition, version);

    /// <summary>Goes on from what is stored now with another definition in the form.</summary>
    public void Rebase(RuleSnapshot saved, RuleDefinition form)
    {
        Saved = saved;
        normalized = detectors.Normalize(saved.Definition);
        Load(form, null);
    }

    /// <summary>Takes what is stored now as what the form is compared with and saved over; what was typed stays.</summary>
    public void Rebase(RuleSnapshot saved)
    {
        Saved = saved;
        normalized = detectors.Normalize(saved.Definition);
        Read();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Load(RuleDefinition definition, int? version)
    {
        Draft = new RuleDraft(definition, Detector);
        LoadedVersion = version;
        Read();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Read()
    {
        refused = [];
        Reading = Draft.Read(detectors);
        Changes = RuleVersionDiff.Between(normalized, Reading.Definition);
        Summary = Reading is { Errors.Count: 0, Bound: { } bound } ? RuleWords.Describe(bound) : null;
        Advice = Reading.Bound?.Advice ?? RuleAdvisor.Advise(Reading.Definition);
    }
}
