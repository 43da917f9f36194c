namespace RulePortal.Data.Auditing;

/// <summary>Who did something.</summary>
/// <param name="Id">Stable identity: <c>entra:tenant/object</c>, <c>oidc:issuer/subject</c>, <c>key:id</c>, <c>dev:role</c> or <c>system</c>; at most 200 characters.</param>
/// <param name="Name">Name for people; at most 200 characters.</param>
public sealed record Actor(string Id, string Name)
{
    /// <summary>The portal itself: scheduler, start-up, retention.</summary>
    public static Actor System { get; } = new("system", "System");
}
