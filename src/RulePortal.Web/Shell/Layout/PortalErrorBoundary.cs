using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Shell.Layout;

/// <summary>Meets what a page did not: says so, offers another try, and forgets it when the person goes elsewhere.</summary>
public sealed partial class PortalErrorBoundary : ErrorBoundaryBase, IDisposable
{
    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required ILogger<PortalErrorBoundary> Logger { get; set; }

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override Task OnErrorAsync(Exception exception)
    {
        Log.PageFailed(Logger, Navigation.ToBaseRelativePath(Navigation.Uri).Split('?')[0], exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<ErrorState>(1);
        builder.AddComponentParameter(2, nameof(ErrorState.IsPage), true);
        builder.AddComponentParameter(3, nameof(ErrorState.Title), "This page failed");
        builder.AddComponentParameter(4, nameof(ErrorState.Text), "Nothing that was saved is lost. The portal's log has the details.");
        builder.AddComponentParameter(5, nameof(ErrorState.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(Recover);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The page /{Path} failed.")]
        public static partial void PageFailed(ILogger logger, string path, Exception exception);
    }
}
