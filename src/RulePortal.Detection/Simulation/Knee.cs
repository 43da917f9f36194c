namespace RulePortal.Detection.Simulation;

/// <summary>Finds the knee of a curve: the point that is farthest from the straight line between its ends.</summary>
internal static class Knee
{
    /// <summary>A point nearer to the line than this part of the curve's height is no knee.</summary>
    private const double Least = 0.1;

    public static int? Of(IReadOnlyList<int> values)
    {
        if (values.Count < 3)
        {
            return null;
        }

        double height = values.Max() - values.Min();
        if (height == 0)
        {
            return null;
        }

        var (best, farthest) = (0, Least);
        for (var index = 1; index < values.Count - 1; index++)
        {
            var line = values[0] + ((values[^1] - values[0]) * (index / (double)(values.Count - 1)));
            var distance = Math.Abs(values[index] - line) / height;
            if (distance > farthest)
            {
                (best, farthest) = (index, distance);
            }
        }

        return best == 0 ? null : best;
    }
}
