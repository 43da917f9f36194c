using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Every store has the rules that ship with the product, enabled; one that a person changed is left as it is.</summary>
internal sealed class ShippedRulesSeed(RuleStore rules) : IStoreSeed
{
    private static readonly Actor Start = Actor.System with { Origin = Origins.Start };

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, definition) in ShippedRules.All)
        {
            var result = await rules.CreateAsync(id, definition, enabled: true, "Shipped with the product.", Start, cancellationToken);
            if (result.Outcome is RuleSaveOutcome.Invalid)
            {
                throw new InvalidOperationException($"The shipped rule '{definition.Name}' is not valid: {string.Join(' ', result.Errors.Select(e => e.Message))}");
            }
        }
    }
}
