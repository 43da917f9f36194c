using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>What became of a session: it lives, or it ended and perhaps somebody knows why.</summary>
/// <param name="Live">The session with the roles that count now, or null.</param>
/// <param name="Ending">Why it ended before its time, or null.</param>
internal sealed record SessionState(PortalSession? Live, SessionEnding? Ending)
{
    public static SessionState None { get; } = new(null, null);
}
