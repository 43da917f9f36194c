using Microsoft.AspNetCore.Components;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Administration.Settings;

/// <summary>With which settings does this process run, and who set them?</summary>
public sealed partial class SettingsPage
{
    private IReadOnlyList<SettingInEffect> settings = [];

    [Inject]
    public required IConfiguration Configuration { get; set; }

    private string Subtitle => $"{Words.Number(settings.Count(setting => setting.Source is not null))} of {Words.Count(settings.Count, "setting")} set, the others as they are by default";

    // A line may break behind a colon, not within a word.
    private static string[] Parts(string key) => key.Replace(":", ":\n", StringComparison.Ordinal).Split('\n');

    protected override void OnInitialized() => settings = new SettingsInEffect(Configuration).All();
}
