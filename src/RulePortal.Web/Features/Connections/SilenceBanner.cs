using MudBlazor;
using RulePortal.Data.Connections;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Banners;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Features.Connections;

/// <summary>Says that machines have fallen silent: what does not arrive is not searched.</summary>
internal sealed class SilenceBanner(SourceWatch watch, TimeProvider clock) : IPortalBanner
{
    public async Task<PortalBannerMessage?> GetAsync(CancellationToken cancellationToken)
    {
        if (await watch.SilenceAsync(cancellationToken) is not { Silent: > 0, LongestUtc: { } longest } silence)
        {
            return null;
        }

        var verb = silence.Silent == 1 ? "has" : "have";
        return new(
            Severity.Warning,
            $"{Words.Number(silence.Silent)} of {Words.Count(silence.Sources, "machine")} {verb} fallen silent, the longest {UtcTime.Relative(longest, clock.GetUtcNow().UtcDateTime)}. Rules find nothing in what does not arrive.",
            PortalUrls.Connections,
            "Show machines");
    }
}
