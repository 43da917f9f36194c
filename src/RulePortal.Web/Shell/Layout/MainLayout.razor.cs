using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using RulePortal.Web.Kit.Drafts;

namespace RulePortal.Web.Shell.Layout;

/// <summary>The frame of every page: bar, rail, banners, content.</summary>
public sealed partial class MainLayout
{
    private bool? dark;
    private bool menuOpen = true;

    [Inject]
    public required IJSRuntime JS { get; set; }

    [Inject]
    public required DraftBox Drafts { get; set; }

    /// <summary>The theme chosen before, or null for the system's.</summary>
    [CascadingParameter(Name = "Dark")]
    private bool? ChosenDark { get; set; }

    private string ThemeLabel => dark == true ? "Switch to light theme" : "Switch to dark theme";

    protected override void OnInitialized() => dark = ChosenDark;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Drafts.OwnAsync();
        }

        if (firstRender && dark is null)
        {
            dark = await JS.InvokeAsync<string?>("portal.theme.get") == "dark";
            StateHasChanged();
        }
    }

    private void ToggleMenu() => menuOpen = !menuOpen;

    private async Task ToggleThemeAsync()
    {
        dark = dark != true;
        await JS.InvokeVoidAsync("portal.theme.set", dark.Value ? "dark" : "light");
    }
}
