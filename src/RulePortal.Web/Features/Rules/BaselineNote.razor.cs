using Microsoft.AspNetCore.Components;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;

namespace RulePortal.Web.Features.Rules;

/// <summary>How full the rule's baseline was when it last looked, and whether it is still learning.</summary>
public sealed partial class BaselineNote
{
    private (Guid, int) shown;
    private RuleRun? last;

    [Inject]
    public required RuleQueries Queries { get; set; }

    [Inject]
    public required ILogger<BaselineNote> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public Guid RuleId { get; set; }

    [Parameter]
    [EditorRequired]
    public TimeSpan LearningPeriod { get; set; }

    /// <summary>Another number asks for another read.</summary>
    [Parameter]
    public int Read { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (RuleId, Read))
        {
            return;
        }

        shown = (RuleId, Read);
        try
        {
            last = (await Queries.RunsAsync(new RuleRunFilter(RuleId), 0, 1, CancellationToken.None)).Items.SingleOrDefault();
        }
        catch (Exception e)
        {
            // The page's own parts say that the store is away; this line is missing then.
            last = null;
            Log.ReadFailed(Logger, RuleId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The last run of rule {Rule} could not be read.")]
        public static partial void ReadFailed(ILogger logger, Guid rule, Exception exception);
    }
}
