namespace RulePortal.Web.Features.Rules.Testing;

internal enum RuleTestOutcome
{
    /// <summary>The rule was evaluated.</summary>
    Evaluated = 0,

    /// <summary>The settings have faults.</summary>
    Invalid = 1,

    /// <summary>It took longer than <see cref="RuleTester.TimeLimit"/>.</summary>
    TimedOut = 2,
}
