namespace RulePortal.Web.Kit.Banners;

/// <summary>Something every page must say while it is true, such as that the data are generated. Registered as <c>IPortalBanner</c> by a feature; asked when a page opens and every minute.</summary>
internal interface IPortalBanner
{
    /// <summary>What to say now, or null for nothing.</summary>
    Task<PortalBannerMessage?> GetAsync(CancellationToken cancellationToken);
}
