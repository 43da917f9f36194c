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

    /// <summary>The roles a person can have, least first.</summary>
    public static IReadOnlyList<string> OfPeople { get; } = [Reader, Responder, Contributor, Administrator];
}
