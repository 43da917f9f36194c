namespace RulePortal.Web.Features.Health;

/// <summary>What the job scheduler says of its workers.</summary>
internal interface IJobMonitor
{
    JobsState Read();
}
