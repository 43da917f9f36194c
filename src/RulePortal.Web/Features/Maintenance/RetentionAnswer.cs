using RulePortal.Data.Maintenance.Retention;

namespace RulePortal.Web.Features.Maintenance;

/// <summary>One part of the store in the API.</summary>
internal sealed record RetentionAnswer(RetentionPart Part, TimeSpan Kept, DateTime KeptFromUtc, long RowsToGo, DateTime? OldestUtc, long RowsGone, DateTime? LastRunUtc)
{
    /// <summary>Every part, counted now; removes nothing.</summary>
    public static async Task<IReadOnlyList<RetentionAnswer>> ListAsync(RetentionSweep sweep, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var marks = await sweep.MarksAsync(cancellationToken);
        var lines = await sweep.PreviewAsync(policy, cancellationToken);
        return [.. lines.Select(line => Of(line, policy, marks.FirstOrDefault(mark => mark.Part == line.Part.ToString())))];
    }

    private static RetentionAnswer Of(RetentionLine line, RetentionPolicy policy, RetentionMark? mark) =>
        new(line.Part, policy.Of(line.Part), line.KeptFromUtc, line.Rows, line.OldestUtc, mark?.RemovedRows ?? 0, mark?.DoneUtc);
}
