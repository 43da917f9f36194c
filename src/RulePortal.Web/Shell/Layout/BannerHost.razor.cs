using Microsoft.AspNetCore.Components;
using RulePortal.Web.Kit.Banners;

namespace RulePortal.Web.Shell.Layout;

/// <summary>Shows what the banners have to say, and asks them again every minute.</summary>
public sealed partial class BannerHost : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stopped = new();
    private IReadOnlyList<PortalBannerMessage> messages = [];

    [Inject]
    public required IServiceProvider Services { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<BannerHost> Logger { get; set; }

    public void Dispose()
    {
        stopped.Cancel();
        stopped.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await AskAsync();
        _ = KeepAskingAsync(stopped.Token);
    }

    private async Task KeepAskingAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await InvokeAsync(async () =>
                {
                    await AskAsync();
                    StateHasChanged();
                });
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed.
        }
    }

    private async Task AskAsync()
    {
        var said = new List<PortalBannerMessage>();
        foreach (var banner in Services.GetServices<IPortalBanner>())
        {
            try
            {
                if (await banner.GetAsync(stopped.Token) is { } message)
                {
                    said.Add(message);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A banner must never take the page with it.
                Log.Failed(Logger, banner.GetType().Name, e);
            }
        }

        messages = said;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The banner {Banner} failed.")]
        public static partial void Failed(ILogger logger, string banner, Exception exception);
    }
}
