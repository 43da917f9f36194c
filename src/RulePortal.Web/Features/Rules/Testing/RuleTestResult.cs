using RulePortal.Detection.Rules;

namespace RulePortal.Web.Features.Rules.Testing;

/// <param name="Outcome">How the test ended.</param>
/// <param name="Test">What was found, when it was evaluated.</param>
/// <param name="Errors">Every fault, when it is invalid.</param>
internal sealed record RuleTestResult(RuleTestOutcome Outcome, RuleTest? Test, IReadOnlyList<RuleError> Errors)
{
    public static RuleTestResult Evaluated(RuleTest test) => new(RuleTestOutcome.Evaluated, test, []);

    public static RuleTestResult Invalid(IReadOnlyList<RuleError> errors) => new(RuleTestOutcome.Invalid, null, errors);

    public static RuleTestResult TimedOut { get; } = new(RuleTestOutcome.TimedOut, null, []);
}
