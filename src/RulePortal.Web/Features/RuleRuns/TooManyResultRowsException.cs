namespace RulePortal.Web.Features.RuleRuns;

/// <summary>An evaluation found more result rows than the portal keeps in hand.</summary>
internal sealed class TooManyResultRowsException(int count, int limit)
    : Exception($"{count} result rows are more than the limit of {limit}; narrow the rule's settings.");
