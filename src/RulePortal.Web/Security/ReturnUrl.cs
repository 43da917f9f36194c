namespace RulePortal.Web.Security;

/// <summary>Where to go after signing in: an address of this site, whatever the request says.</summary>
internal static class ReturnUrl
{
    public static string Safe(string? url) =>
        url is ['/', ..] && url is not (['/', '/' or '\\', ..]) && !url.Any(char.IsControl) ? url : "/";
}
