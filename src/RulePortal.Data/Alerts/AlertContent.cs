using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts;

/// <summary>What a new alert says.</summary>
/// <param name="RuleName">Name of the rule version.</param>
/// <param name="Title">One line for lists; at most 300 characters.</param>
/// <param name="Summary">One sentence with its numbers; at most 2,000 characters.</param>
/// <param name="Severity">Of the rule version.</param>
/// <param name="Trigger">The trigger in words.</param>
/// <param name="Tactics">Of the rule version.</param>
/// <param name="Techniques">Of the rule version.</param>
/// <param name="Entities">Of the findings, without repeats.</param>
/// <param name="Subjects">What the findings are about, without repeats.</param>
/// <param name="BaselineDays">Days of the lookback that had rows.</param>
/// <param name="LookbackDays">Days looked back.</param>
public sealed record AlertContent(
    string RuleName,
    string Title,
    string Summary,
    Severity Severity,
    string Trigger,
    IReadOnlyList<AttackTactic> Tactics,
    IReadOnlyList<string> Techniques,
    IReadOnlyList<FindingEntity> Entities,
    IReadOnlyList<Subject> Subjects,
    int BaselineDays,
    int LookbackDays);
