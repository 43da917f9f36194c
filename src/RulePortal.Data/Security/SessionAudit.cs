using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Security;

/// <summary>How the audit trail names a session and its state; nothing in it is secret.</summary>
internal static class SessionAudit
{
    public static string Subject(Guid id) => $"session:{id}";

    public static string State(PortalSession session) => AuditJson.Write(new
    {
        person = session.ActorName,
        personId = session.ActorId,
        session.Mode,
        roles = session.RoleList,
        session.StartedUtc,
        session.EndsUtc,
        session.EndedUtc,
        session.Ending,
    });
}
