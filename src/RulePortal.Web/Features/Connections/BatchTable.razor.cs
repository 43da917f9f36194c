using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Data.Connections;

namespace RulePortal.Web.Features.Connections;

/// <summary>What was stored, batch by batch, and taking one out again.</summary>
public sealed partial class BatchTable
{
    private bool busy;

    [Parameter]
    [EditorRequired]
    public required BatchPage Batches { get; set; }

    [Parameter]
    [EditorRequired]
    public int Page { get; set; }

    [Parameter]
    [EditorRequired]
    public int Size { get; set; }

    [Parameter]
    public bool CanWithdraw { get; set; }

    /// <summary>The batch whose rejected rows are shown.</summary>
    [Parameter]
    public long? Selected { get; set; }

    [Parameter]
    [EditorRequired]
    public required Func<int, string> Link { get; set; }

    [Parameter]
    [EditorRequired]
    public required Func<long, string> RejectedLink { get; set; }

    [Parameter]
    public EventCallback<ConnectionBatch> OnWithdraw { get; set; }

    private static string Origin(BatchOrigin origin) => origin switch
    {
        BatchOrigin.Api => "API",
        BatchOrigin.CommandLine => "Command line",
        BatchOrigin.Page => "This page",
        _ => "Demo",
    };

    private static string Covers(ConnectionBatch batch) => batch is { OldestUtc: { } oldest, NewestUtc: { } newest }
        ? string.Create(CultureInfo.InvariantCulture, $"{oldest:yyyy-MM-dd HH:mm} to {newest:yyyy-MM-dd HH:mm}")
        : "";

    private async Task WithdrawAsync(ConnectionBatch batch)
    {
        busy = true;
        try
        {
            await OnWithdraw.InvokeAsync(batch);
        }
        finally
        {
            busy = false;
        }
    }
}
