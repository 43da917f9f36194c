namespace RulePortal.Detection.Simulation;

/// <summary>What comes of every pair of values of two axes.</summary>
/// <param name="Across">The axis from left to right.</param>
/// <param name="Down">The axis from top to bottom.</param>
/// <param name="Cells">Row by row, one a pair: <c>[down * across.Values.Count + across]</c>.</param>
public sealed record WhatIfMap(WhatIfAxis Across, WhatIfAxis Down, IReadOnlyList<WhatIfTotals> Cells)
{
    /// <summary>The cell of a pair of places.</summary>
    public WhatIfTotals this[int across, int down] => Cells[(down * Across.Values.Count) + across];
}
