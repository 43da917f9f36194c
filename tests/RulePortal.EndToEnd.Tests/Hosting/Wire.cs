using Microsoft.Playwright;

namespace RulePortal.EndToEnd.Tests.Hosting;

/// <summary>The wire between a page and the portal, to be muted, cut and mended.</summary>
internal sealed class Wire
{
    private readonly List<IWebSocketRoute> open = [];
    private bool isMute;
    private bool isCut;

    private Wire()
    {
    }

    /// <summary>Lays the wire; before the page is opened.</summary>
    public static async Task<Wire> LayAsync(IPage page)
    {
        var wire = new Wire();
        await page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), socket => wire.Connect(socket));
        await page.RouteAsync(url => url.Contains("/_blazor", StringComparison.Ordinal) || url.Contains("/health/", StringComparison.Ordinal), route => wire.isCut ? route.AbortAsync() : route.ContinueAsync());
        return wire;
    }

    /// <summary>What the page sends is lost, and neither side notices.</summary>
    public void Mute() => isMute = true;

    /// <summary>The connection breaks, and no new one can be made.</summary>
    public async Task CutAsync()
    {
        isCut = true;
        foreach (var socket in open)
        {
            await socket.CloseAsync(new WebSocketRouteCloseOptions { Code = 1001, Reason = "cut" });
        }

        open.Clear();
    }

    public void Mend() => (isMute, isCut) = (false, false);

    private void Connect(IWebSocketRoute socket)
    {
        if (isCut)
        {
            _ = socket.CloseAsync(new WebSocketRouteCloseOptions { Code = 1001, Reason = "cut" });
            return;
        }

        open.Add(socket);
        var portal = socket.ConnectToServer();
        socket.OnMessage(frame =>
        {
            if (isMute)
            {
                return;
            }

            if (frame.Binary is { } bytes)
            {
                portal.Send(bytes);
            }
            else
            {
                portal.Send(frame.Text!);
            }
        });
        // Ours alone is closed by a cut; the portal notices when it likes.
        socket.OnClose((_, _) => { });
    }
}
