using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

/// <summary>Somebody who has signed in.</summary>
/// <param name="ActorId">The person's <see cref="Auditing.Actor.Id"/>.</param>
/// <param name="Name">The person's name, as last heard.</param>
/// <param name="Roles">The roles held, as last heard; none once the last one was lost.</param>
/// <param name="FirstSeenUtc">When the person first signed in. UTC.</param>
/// <param name="LastSeenUtc">When the person last signed in, or a session's roles were last confirmed. UTC.</param>
/// <param name="Sessions">The sessions that have not ended, the newest first.</param>
public sealed record SeenPerson(string ActorId, string Name, IReadOnlyList<string> Roles, DateTime FirstSeenUtc, DateTime LastSeenUtc, IReadOnlyList<OpenSession> Sessions);
