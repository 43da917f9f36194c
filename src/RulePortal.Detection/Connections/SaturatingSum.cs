namespace RulePortal.Detection.Connections;

/// <summary>A sum that hostile numbers cannot overflow: added in 128 bits and held at the limits of 64.</summary>
/// <param name="Value">The sum, or the limit it went past.</param>
/// <param name="IsAtLimit">True when the sum went past a limit.</param>
public readonly record struct SaturatingSum(long Value, bool IsAtLimit)
{
    /// <summary>Sums numbers as KQL does.</summary>
    /// <param name="numbers">Missing ones are skipped; the sum of nothing is 0.</param>
    public static SaturatingSum Of(IEnumerable<long?> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var sum = numbers.Aggregate(Int128.Zero, (total, number) => total + (number ?? 0));
        var value = long.CreateSaturating(sum);
        return new SaturatingSum(value, value != sum);
    }
}
