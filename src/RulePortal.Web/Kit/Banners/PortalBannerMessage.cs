using MudBlazor;

namespace RulePortal.Web.Kit.Banners;

/// <param name="Severity">How loud.</param>
/// <param name="Text">One sentence, with its numbers.</param>
/// <param name="Url">Where to read more, or null.</param>
/// <param name="UrlText">The link's words.</param>
internal sealed record PortalBannerMessage(Severity Severity, string Text, string? Url = null, string? UrlText = null);
