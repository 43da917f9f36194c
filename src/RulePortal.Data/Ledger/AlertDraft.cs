using RulePortal.Data.Alerts;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Ledger;

/// <summary>An alert that an evaluation asks for; it becomes a new alert, or adds to the one that its window and group key have already.</summary>
/// <param name="GroupKey">The occurrence's key within its window; 1 to 64 characters.</param>
/// <param name="Content">What a new alert says.</param>
/// <param name="Findings">Its result rows; may be empty.</param>
public sealed record AlertDraft(string GroupKey, AlertContent Content, IReadOnlyList<Finding> Findings);
