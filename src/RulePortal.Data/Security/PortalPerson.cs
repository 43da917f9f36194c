using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

/// <summary>Somebody who has signed in, kept while sessions come and go.</summary>
public sealed class PortalPerson
{
    /// <summary>SHA-256 of <see cref="ActorId"/>; 32 bytes. Identity: databases compare texts each in their own way, and two people must not be one.</summary>
    public required byte[] IdHash { get; init; }

    /// <summary>The person's <see cref="Auditing.Actor.Id"/>.</summary>
    public required string ActorId { get; init; }

    /// <summary>The person's <see cref="Auditing.Actor.Name"/>, as last heard.</summary>
    public required string Name { get; set; }

    /// <summary>The roles held, as last heard, with commas between; empty once the last one was lost.</summary>
    public required string Roles { get; set; }

    /// <summary>When the person first signed in. UTC.</summary>
    public required DateTime FirstSeenUtc { get; init; }

    /// <summary>When the person last signed in, or a session's roles were last confirmed. UTC.</summary>
    public required DateTime LastSeenUtc { get; set; }
}
