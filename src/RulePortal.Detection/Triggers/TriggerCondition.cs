using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Triggers;

/// <summary>When a run fires: its number of result rows against a threshold. Each run is judged by itself, never cumulatively.</summary>
/// <param name="Operator">How to compare.</param>
/// <param name="Threshold">What with; 0 to 10,000.</param>
public readonly record struct TriggerCondition(TriggerOperator Operator, int Threshold)
{
    /// <summary>Whether this many result rows fire.</summary>
    public bool Fires(long resultCount) => Operator switch
    {
        TriggerOperator.GreaterThan => resultCount > Threshold,
        TriggerOperator.LessThan => resultCount < Threshold,
        TriggerOperator.Equal => resultCount == Threshold,
        TriggerOperator.NotEqual => resultCount != Threshold,
        _ => throw new InvalidOperationException($"Unknown trigger operator {Operator}."),
    };

    /// <summary>The condition in words, such as "more than 5".</summary>
    public override string ToString() => Operator switch
    {
        TriggerOperator.GreaterThan => $"more than {Threshold}",
        TriggerOperator.LessThan => $"fewer than {Threshold}",
        TriggerOperator.Equal => $"exactly {Threshold}",
        _ => $"any number but {Threshold}",
    };
}
