using MudBlazor;

namespace RulePortal.Web.Kit.Banners;

/// <summary>Something every page must say while it is true, such as that the data are generated. Registered as <c>IPortalBanner</c> by a feature; asked when a page opens and every minute.</summary>
internal interface IPortalBanner
{
    /// <summary>What to say now, or null for nothing.</summary>
    Task<PortalBannerMessage?> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Severity">How loud.</param>
/// <param name="Text">One sentence, with its numbers.</param>
/// <param name="Url">Where to read more, or null.</param>
/// <param name="UrlText">The link's words.</param>
internal sealed record PortalBannerMessage(Severity Severity, string Text, string? Url = null, string? UrlText = null);
