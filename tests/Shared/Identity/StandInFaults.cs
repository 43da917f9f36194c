namespace RulePortal.TestSupport.Identity;

/// <summary>What is wrong with the stand-in's answers; nothing, unless a test says so.</summary>
internal sealed record StandInFaults
{
    public string? Audience { get; init; }

    public string? Issuer { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The payload is changed after it was signed.</summary>
    public bool Tampered { get; init; }

    /// <summary>The token was over an hour ago.</summary>
    public bool Expired { get; init; }

    /// <summary>Signed with a key that is published nowhere.</summary>
    public bool UnknownKey { get; init; }

    /// <summary>Signed with nothing.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Refresh tokens are refused with this error.</summary>
    public string? RefreshError { get; init; }

    /// <summary>Refresh tokens are answered with the token of whoever signs in now, whosever they were.</summary>
    public bool ConfusesPeople { get; init; }

    /// <summary>Refresh tokens are answered without an id token.</summary>
    public bool NoIdTokenOnRefresh { get; init; }

    /// <summary>Codes are answered without a refresh token.</summary>
    public bool NoRefreshToken { get; init; }

    /// <summary>The token endpoint answers 503.</summary>
    public bool Down { get; init; }
}
