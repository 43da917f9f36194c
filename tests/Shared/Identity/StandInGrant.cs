namespace RulePortal.TestSupport.Identity;

/// <summary>What a code was given for.</summary>
internal sealed record StandInGrant(string Nonce, string RedirectUri, string Challenge, bool Offline);
