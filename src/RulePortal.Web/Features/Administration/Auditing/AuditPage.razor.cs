using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>Who did what, when, from where, and does the chain hold? The view is the address.</summary>
public sealed partial class AuditPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? reading;
    private IReadOnlyList<QueryFault> faults = [];
    private IReadOnlyList<Actor> actors = [];
    private AuditChainState? chain;
    private AuditVerification? found;
    private string? fault;
    private DateTime readUtc;
    private string? readQuery;
    private bool failed;
    private bool verifying;

    [Inject]
    public required AuditQueries Queries { get; set; }

    [Inject]
    public required AuditVerifier Verifier { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required ILogger<AuditPage> Logger { get; set; }

    private AuditView View { get; set; } = new();

    private AuditList? List { get; set; }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Clock.Ticked -= OnTicked;
        reading?.Cancel();
        reading?.Dispose();
        closed.Cancel();
        closed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        Clock.Ticked += OnTicked;
        (View, faults) = AuditViewReader.Read(new Uri(Navigation.Uri));
        return ReadAsync();
    }

    private void Go(AuditView view) => Navigation.NavigateTo(view.ToUrl());

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == PortalUrls.AuditTrail)
        {
            (View, faults) = AuditViewReader.Read(new Uri(e.Location));
            Refresh();
        }
    }

    private void OnTicked(object? sender, EventArgs e) => Refresh();

    private void Refresh() => _ = InvokeAsync(async () =>
    {
        await ReadAsync();
        StateHasChanged();
    });

    private async Task RetryAsync()
    {
        failed = false;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (closed.IsCancellationRequested)
        {
            return;
        }

        // The last address asked for wins, in whatever order the answers come.
        reading?.Cancel();
        reading?.Dispose();
        reading = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        var token = reading.Token;
        var asked = View.ToUrl();
        try
        {
            var now = Clock.UtcNow;
            var state = await Queries.ChainAsync(token);
            var list = await Queries.PageAsync(View.ToFilter(now), (View.Page - 1) * AuditView.Size, AuditView.Size, token);
            if (actors.Count == 0 || list.Items.Any(entry => actors.All(actor => actor.Id != entry.ActorId)))
            {
                actors = await Queries.ActorsAsync(token);
            }

            (chain, List, readUtc, readQuery, failed) = (state, list, now, asked, false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Another address was asked for, or the page was closed.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.ReadFailed(Logger, e);
            failed = true;
            if (asked != readQuery)
            {
                // What another address asked for must not stand under this one.
                List = null;
            }
        }
    }

    private async Task VerifyAsync()
    {
        verifying = true;
        fault = null;
        try
        {
            await Actor.DemandAsync(Policies.CanAdminister);
            found = await Verifier.VerifyAndNoteAsync(closed.Token);
            chain = await Queries.ChainAsync(closed.Token);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was closed.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.VerifyFailed(Logger, e);
            fault = e is UnauthorizedAccessException ? e.Message : "The chain could not be verified to its end: the store did not answer. Nothing was changed.";
        }
        finally
        {
            verifying = false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The audit chain could not be verified.")]
        public static partial void VerifyFailed(ILogger logger, Exception exception);
    }
}
