using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

/// <summary>A bearer key of the API. The key itself is shown once and never stored.</summary>
public sealed class ApiKey
{
    /// <summary>Identity, used in <c>key:id</c>.</summary>
    public Guid Id { get; init; }

    /// <summary>What the key is for.</summary>
    /// <value>1 to 100 characters, unique among keys not revoked.</value>
    public required string Name { get; init; }

    /// <summary>First characters of the key, by which a person recognises it.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the key's UTF-8 text; 32 bytes, unique. The key is random, so no salt or stretching is needed.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it may do.</summary>
    public required ApiKeyRole Role { get; init; }

    /// <summary>When it was made. UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>First instant at which it no longer counts, or null for none. UTC.</summary>
    public DateTime? ExpiresUtc { get; init; }

    /// <summary>When it was last used, to the minute. UTC.</summary>
    public DateTime? LastUsedUtc { get; set; }

    /// <summary>When it was revoked, or null. UTC.</summary>
    public DateTime? RevokedUtc { get; set; }

    /// <summary>Who a request with this key is.</summary>
    public Actor Actor => new($"key:{Id}", Name);

    /// <summary>Whether it counts at an instant: neither expired nor revoked.</summary>
    public bool IsInForceAt(DateTime nowUtc) => RevokedUtc is null && !(ExpiresUtc <= nowUtc);
}

/// <summary>What a bearer key may do.</summary>
public enum ApiKeyRole
{
    /// <summary>Views.</summary>
    Reader = 0,

    /// <summary>Views and works alerts.</summary>
    Responder = 1,

    /// <summary>Views, works alerts, edits rules, imports connections.</summary>
    Contributor = 2,

    /// <summary>Posts connections and nothing else.</summary>
    Ingest = 3,

    /// <summary>Reads the portal's measurements of itself and nothing else.</summary>
    Metrics = 4,
}
