using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Features.Demo.Generator;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Tests.Features.Demo;

/// <summary>The generated records of a span, and the first rule over them.</summary>
internal sealed class DemoHistory
{
    public const int Threshold = 5;

    private readonly BoundRule rule = DetectorCatalog.Shipped.Bind(ShippedRules.RareOutboundConnectionByProcess.Definition);
    private readonly InMemoryConnections history;

    public DemoHistory(DateTime endUtc, int days = DemoConnections.Days)
    {
        EndUtc = endUtc;
        Generator = new DemoConnections();
        Rows = [.. Generator.Between(endUtc.AddDays(-days), endUtc)];
        history = new InMemoryConnections(Rows);
    }

    public DateTime EndUtc { get; }

    public DemoConnections Generator { get; }

    public IReadOnlyList<VmConnection> Rows { get; }

    /// <summary>Ends of the whole hours, newest last.</summary>
    public IEnumerable<DateTime> Windows(int count)
    {
        var newest = EndUtc.Date.AddHours(EndUtc.Hour);
        return Enumerable.Range(0, count).Select(back => newest.AddHours(-back)).Reverse();
    }

    public Task<IReadOnlyList<Finding>> FindAsync(DateTime windowEndUtc) =>
        rule.DetectAsync(windowEndUtc, history, CancellationToken.None);
}
