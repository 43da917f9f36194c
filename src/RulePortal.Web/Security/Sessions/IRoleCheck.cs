using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>Asks the identity provider whether a person's roles still hold. Absent where nobody can be asked: the development mode.</summary>
internal interface IRoleCheck
{
    RecheckPolicy Policy { get; }

    /// <summary>Asks once.</summary>
    Task<RoleAnswer> AskAsync(PortalSession session, CancellationToken cancellationToken);
}
