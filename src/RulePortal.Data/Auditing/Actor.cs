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
