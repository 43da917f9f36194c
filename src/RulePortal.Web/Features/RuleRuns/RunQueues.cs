namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Two queues with workers of their own, so that live windows never wait behind missed ones.</summary>
internal static class RunQueues
{
    public const string Live = "live";

    public const string Backfill = "backfill";
}
