namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>When a rule was switched on and off, as the audit trail has it.</summary>
internal sealed class RuleHistory(IEnumerable<(DateTime AtUtc, bool Enabled)> switches)
{
    private readonly List<(DateTime AtUtc, bool Enabled)> switches = [.. switches.OrderBy(each => each.AtUtc)];

    /// <summary>Whether windows had to cover a span: the rule was on at its beginning and was not switched within it.</summary>
    /// <remarks>A rule that was switched on again begins a new row of windows at that instant; time before the first switch that is known is nobody's.</remarks>
    public bool IsDemanded(DateTime fromUtc, DateTime toUtc) =>
        switches.FindLast(each => each.AtUtc <= fromUtc).Enabled && !switches.Exists(each => each.AtUtc > fromUtc && each.AtUtc <= toUtc);
}
