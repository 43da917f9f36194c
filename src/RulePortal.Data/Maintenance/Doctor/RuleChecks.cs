using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Rules;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>Rules and their versions.</summary>
internal static class RuleChecks
{
    private const string Restore = "Restore the last backup: a version is never changed or removed.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("versions.numbers", "The versions of a rule are numbered from 1 without a gap", NumbersAsync),
        new("rules.current", "A rule's current version is its last", CurrentAsync),
        new("versions.definition", "The current definition of a rule can be read and has its name", DefinitionAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> NumbersAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleVersions
            .GroupBy(version => version.RuleId)
            .Select(rule => new { rule.Key, First = rule.Min(version => version.Number), Last = rule.Max(version => version.Number), Count = rule.Count() })
            .Where(rule => rule.First != 1 || rule.Last != rule.Count);
        await foreach (var rule in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleVersions", Words($"{rule.Key}"), Words($"The rule has {rule.Count} versions, numbered {rule.First} to {rule.Last}."), Restore);
        }
    }

    private static async IAsyncEnumerable<StoreFault> CurrentAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rules = context.Db.AnalyticsRules
            .Select(rule => new { rule.Id, rule.CurrentVersion, Last = context.Db.RuleVersions.Where(version => version.RuleId == rule.Id).Max(version => (int?)version.Number) ?? 0 })
            .Where(rule => rule.CurrentVersion != rule.Last);
        await foreach (var rule in rules.Streamed(cancellationToken))
        {
            yield return new StoreFault("AnalyticsRules", Words($"{rule.Id}"), Words($"The rule's current version is {rule.CurrentVersion}, its last {rule.Last}."), Restore);
        }
    }

    private static async IAsyncEnumerable<StoreFault> DefinitionAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rules =
            from rule in context.Db.AnalyticsRules
            join version in context.Db.RuleVersions on new { rule.Id, Number = rule.CurrentVersion } equals new { Id = version.RuleId, version.Number }
            select new { rule.Id, rule.Name, version.Number, version.Definition };
        await foreach (var rule in rules.Streamed(cancellationToken))
        {
            if (Fault(rule.Name, rule.Definition) is { } fault)
            {
                yield return new StoreFault("RuleVersions", Words($"{rule.Id}, {rule.Number}"), fault, Restore);
            }
        }
    }

    private static string? Fault(string name, string definition)
    {
        try
        {
            var said = RuleDefinitionJson.Read(definition).Name;
            return said == name ? null : $"The rule is named '{name}', its current version '{said}'.";
        }
        catch (JsonException e)
        {
            return $"The definition cannot be read: {e.Message}";
        }
    }
}
