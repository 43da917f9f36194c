namespace RulePortal.Detection.Detectors;

/// <summary>One number the detector compared with a limit.</summary>
/// <param name="Key">Stable name, such as <c>countryRows</c>.</param>
/// <param name="Label">What was counted, in words.</param>
/// <param name="Value">How many.</param>
/// <param name="IsAtLeast">True when counting stopped at the value: there may be more.</param>
/// <param name="Limit">What the value was compared with.</param>
/// <param name="LimitMeaning">What exceeding the limit means, such as "more than 5 rows make the country common".</param>
/// <param name="Unit">What one is, such as "rows" (connection-minutes).</param>
public sealed record Measure(string Key, string Label, long Value, bool IsAtLeast, long Limit, string LimitMeaning, string Unit)
{
    /// <summary>How far the value is from crossing the limit: limit minus value, negative once it is exceeded.</summary>
    public long Distance => Limit - Value;
}
