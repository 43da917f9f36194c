namespace RulePortal.Web.Features.RuleRuns;

/// <summary>A fault of the rule itself that a person can mend; the message is a sentence for them.</summary>
internal sealed class RuleFaultException(string message) : Exception(message);
