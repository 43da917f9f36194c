namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>How busy something is in each hour of the week, UTC; 1 is its full rate.</summary>
internal sealed class DemoRhythm
{
    private readonly double[] weights = new double[7 * 24];

    private DemoRhythm(Func<bool, int, double> weight)
    {
        for (var hour = 0; hour < weights.Length; hour++)
        {
            // A week of .NET begins on Sunday.
            weights[hour] = weight(hour / 24 is 0 or 6, hour % 24);
        }
    }

    /// <summary>Machines among themselves, day and night.</summary>
    public static DemoRhythm Steady { get; } = new((_, _) => 1);

    /// <summary>People at work in Central Europe: a slow start, a dip at noon, little in the evening, next to nothing at the weekend.</summary>
    public static DemoRhythm Office { get; } = new((weekend, hour) => weekend ? 0.03 : hour switch
    {
        6 => 0.4,
        11 => 0.7,
        >= 7 and <= 15 => 1,
        16 => 0.6,
        >= 17 and <= 19 => 0.15,
        _ => 0.02,
    });

    /// <summary>Customers: most in the day and the evening, at the weekend too.</summary>
    public static DemoRhythm Visitors { get; } = new((weekend, hour) => (weekend ? 0.6 : 1) * hour switch
    {
        >= 8 and <= 19 => 1,
        6 or 7 or 20 or 21 => 0.6,
        _ => 0.2,
    });

    /// <summary>Backups and updates, between 1 and 4 in the night.</summary>
    public static DemoRhythm Night { get; } = new((_, hour) => hour is >= 1 and < 4 ? 1 : 0);

    public double At(DateTime instantUtc) => weights[((int)instantUtc.DayOfWeek * 24) + instantUtc.Hour];
}
