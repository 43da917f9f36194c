using RulePortal.Data.Operations;
using RulePortal.Data.Operations.Retention;

namespace RulePortal.Web.Features.Operations;

/// <summary>One part of the store in the API.</summary>
internal sealed record RetentionAnswer(RetentionPart Part, TimeSpan Kept, DateTime KeptFromUtc, long RowsToGo, DateTime? OldestUtc, long RowsGone, DateTime? LastRunUtc)
{
    public static RetentionAnswer Of(RetentionLine line, RetentionPolicy policy, RetentionMark? mark) =>
        new(line.Part, policy.Of(line.Part), line.KeptFromUtc, line.Rows, line.OldestUtc, mark?.RemovedRows ?? 0, mark?.DoneUtc);
}
