using RulePortal.Detection.Connections;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>Something planted among the ordinary traffic.</summary>
/// <param name="Story">What it is, in a few words.</param>
/// <param name="IsLure">True for what looks odd and must not fire.</param>
/// <param name="StartUtc">When it begins.</param>
/// <param name="Countries">Where it talks to.</param>
/// <param name="Rows">Its records, oldest first.</param>
internal sealed record DemoIncident(string Story, bool IsLure, DateTime StartUtc, IReadOnlyList<string> Countries, IReadOnlyList<VmConnection> Rows)
{
    /// <summary>End of the hour it begins in: the window that must find it.</summary>
    public DateTime WindowEndUtc => StartUtc.Date.AddHours(StartUtc.Hour + 1);
}
