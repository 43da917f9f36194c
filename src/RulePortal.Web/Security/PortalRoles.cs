using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>The product's own role names, whatever the identity provider calls them.</summary>
internal static class PortalRoles
{
    public const string Reader = nameof(Reader);
    public const string Responder = nameof(Responder);
    public const string Contributor = nameof(Contributor);

    /// <summary>People only: a key cannot make keys or read the audit trail.</summary>
    public const string Administrator = nameof(Administrator);

    /// <summary>Keys only: posts connections and nothing else.</summary>
    public const string Ingest = nameof(Ingest);

    /// <summary>Keys only: reads the measurements and nothing else.</summary>
    public const string Metrics = nameof(Metrics);

    /// <summary>The roles a person can have, least first.</summary>
    public static IReadOnlyList<string> OfPeople { get; } = [Reader, Responder, Contributor, Administrator];

    /// <summary>What each role may do: the one table that policies and writers follow.</summary>
    private static readonly Dictionary<string, ActorRights> Rights = new(StringComparer.Ordinal)
    {
        [Reader] = ActorRights.View,
        [Responder] = ActorRights.View | ActorRights.Respond,
        [Contributor] = ActorRights.View | ActorRights.Respond | ActorRights.Contribute | ActorRights.Ingest,
        [Administrator] = ActorRights.All,
        [Ingest] = ActorRights.Ingest,
        [Metrics] = ActorRights.Scrape,
    };

    /// <summary>The roles, of people and of keys, that have a right.</summary>
    public static IEnumerable<string> With(ActorRights right) => Rights.Where(role => role.Value.HasFlag(right)).Select(role => role.Key);

    /// <summary>What somebody with these roles may do.</summary>
    public static ActorRights RightsOf(IEnumerable<string> roles) =>
        roles.Aggregate(ActorRights.None, (sum, role) => sum | Rights.GetValueOrDefault(role));
}
