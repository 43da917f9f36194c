using MudBlazor;
using RulePortal.Web.Kit.Banners;

namespace RulePortal.Web.Features.Demo;

/// <summary>Says on every page of a demo's store, however it is served, that nothing in it happened.</summary>
internal sealed class DemoBanner(DemoStore store) : IPortalBanner
{
    private static readonly PortalBannerMessage Message = new(Severity.Info, "Demo: the connections are generated. No machine, address or attack shown here is real.");

    private StoreContent known;

    public async Task<PortalBannerMessage?> GetAsync(CancellationToken cancellationToken)
    {
        if (known is StoreContent.Nothing)
        {
            // What a store was begun with does not change any more.
            known = await store.ContentAsync(cancellationToken);
        }

        return known is StoreContent.Generated ? Message : null;
    }
}
