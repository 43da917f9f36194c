namespace RulePortal.Data.Auditing;

/// <summary>Who does something, and from where.</summary>
/// <param name="Id">Stable identity: <c>entra:tenant/object</c>, <c>oidc:issuer/subject</c>, <c>key:id</c>, <c>dev:role</c>, <c>os:user</c> for the command line, <c>anonymous</c> or <c>system</c>; at most 200 characters.</param>
/// <param name="Name">Name for people; at most 200 characters.</param>
public sealed record Actor(string Id, string Name)
{
    /// <summary>The portal itself: scheduler, retention.</summary>
    public static Actor System { get; } = new("system", "System") { Origin = Origins.Scheduler, Rights = ActorRights.All };

    /// <summary>Somebody who did not say who they are, or not rightly.</summary>
    public static Actor Anonymous { get; } = new("anonymous", "Anonymous");

    /// <summary>From where: a client's address, or one of <see cref="Origins"/>.</summary>
    /// <value>At most 100 characters; <see cref="Origins.Unknown"/> unless set.</value>
    public string Origin { get; init; } = Origins.Unknown;

    /// <summary>What the actor may change; writers refuse the rest.</summary>
    /// <value><see cref="ActorRights.None"/> unless given.</value>
    public ActorRights Rights { get; init; }

    /// <summary>Stops whoever lacks a right.</summary>
    /// <exception cref="ActorRefusedException">The actor does not have it.</exception>
    public void Demand(ActorRights needed)
    {
        if (!Rights.HasFlag(needed))
        {
            throw new ActorRefusedException(this, needed);
        }
    }
}

/// <summary>What somebody may do, however they signed in. Sums of single rights; nobody has one that was not given.</summary>
[Flags]
public enum ActorRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See rules, alerts and connections.</summary>
    View = 1,

    /// <summary>Work alerts.</summary>
    Respond = 2,

    /// <summary>Edit and run rules, pin alerts, withdraw batches.</summary>
    Contribute = 4,

    /// <summary>Bring connections in.</summary>
    Ingest = 8,

    /// <summary>Make and revoke keys, end sessions, read and export the audit trail, migrate the store.</summary>
    Administer = 16,

    /// <summary>Read the portal's measurements of itself.</summary>
    Scrape = 32,

    /// <summary>Everything: the portal itself, and whoever may run its command line.</summary>
    All = View | Respond | Contribute | Ingest | Administer | Scrape,
}

/// <summary>An actor set out to change what they may not. Nothing was changed.</summary>
/// <remarks>Pages and endpoints ask for a policy first, so this one is met only where such a question was forgotten.</remarks>
public sealed class ActorRefusedException(Actor actor, ActorRights needed)
    : UnauthorizedAccessException($"This needs the right to {needed.ToString().ToLowerInvariant()}, which {actor.Name} does not have. Nothing was changed.")
{
    /// <summary>Who.</summary>
    public Actor Actor { get; } = actor;

    /// <summary>The right that is missing.</summary>
    public ActorRights Needed { get; } = needed;
}

/// <summary>From where something is done when no client's address says it.</summary>
public static class Origins
{
    /// <summary>The portal's own jobs.</summary>
    public const string Scheduler = "scheduler";

    /// <summary>The portal while it starts.</summary>
    public const string Start = "start";

    /// <summary>The command line, on the machine that holds the store.</summary>
    public const string CommandLine = "command line";

    /// <summary>A connection without an address, such as a local socket; and every entry written before origins were kept.</summary>
    public const string Unknown = "unknown";
}
