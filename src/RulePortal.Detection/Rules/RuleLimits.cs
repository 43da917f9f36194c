namespace RulePortal.Detection.Rules;

/// <summary>What a rule's fields may be: Sentinel's limits, with a longer lookback.</summary>
public static class RuleLimits
{
    /// <summary>Longest name.</summary>
    /// <value>256 characters.</value>
    public const int LongestName = 256;

    /// <summary>Longest description.</summary>
    /// <value>5,000 characters.</value>
    public const int LongestDescription = 5_000;

    /// <summary>Longest query text that Sentinel takes.</summary>
    /// <value>10,000 characters.</value>
    public const int LongestQueryInSentinel = 10_000;

    /// <summary>Greatest trigger threshold; the least is 0.</summary>
    public const int GreatestThreshold = 10_000;

    /// <summary>Result rows of one window above which a rule is held, unless set.</summary>
    public const int UsualHold = 1_000;

    /// <summary>Greatest number of result rows above which a rule can be held; the least is 1.</summary>
    public const int GreatestHold = 1_000_000;

    /// <summary>Shortest QueryFrequency, QueryPeriod and SuppressionDuration.</summary>
    /// <value>5 minutes.</value>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>Longest QueryFrequency.</summary>
    /// <value>14 days.</value>
    public static readonly TimeSpan LongestFrequency = TimeSpan.FromDays(14);

    /// <summary>Longest QueryPeriod.</summary>
    /// <value>75 days.</value>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(75);

    /// <summary>Longest QueryPeriod that Sentinel takes.</summary>
    /// <value>14 days.</value>
    public static readonly TimeSpan LongestPeriodInSentinel = TimeSpan.FromDays(14);

    /// <summary>From this QueryPeriod on, QueryFrequency must be at least <see cref="ShortestFrequencyOfLongPeriod"/>.</summary>
    /// <value>2 days.</value>
    public static readonly TimeSpan LongPeriod = TimeSpan.FromDays(2);

    /// <summary>Shortest QueryFrequency of a rule with a long period.</summary>
    /// <value>1 hour.</value>
    public static readonly TimeSpan ShortestFrequencyOfLongPeriod = TimeSpan.FromHours(1);

    /// <summary>Longest SuppressionDuration.</summary>
    /// <value>24 hours.</value>
    public static readonly TimeSpan LongestSuppression = TimeSpan.FromHours(24);

    /// <summary>Longest LearningPeriod; the shortest is 0.</summary>
    /// <value>30 days.</value>
    public static readonly TimeSpan LongestLearning = TimeSpan.FromDays(30);
}
