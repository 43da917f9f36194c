using System.Security.Claims;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security;

/// <summary>What was refused, noted for the audit trail without making anybody wait.</summary>
public sealed class SecurityAudit(DeniedAttempts attempts)
{
    private static readonly object Noted = new();

    /// <summary>A bearer key that does not count.</summary>
    /// <param name="context">The request.</param>
    /// <param name="key">The key, when there is one that is expired or revoked.</param>
    /// <param name="secret">What was sent; no more of it is noted than a list of keys shows.</param>
    public void KeyRefused(HttpContext context, ApiKey? key, string secret)
    {
        var (actor, subject, reason) = key switch
        {
            null => (Actor.Anonymous, secret.StartsWith(ApiKeySecret.Mark, StringComparison.Ordinal) ? ApiKeySecret.Prefix(secret) : "unknown", "unknown"),
            { RevokedUtc: not null } => (key.Actor, $"{key.Id}", "revoked"),
            _ => (key.Actor, $"{key.Id}", "expired"),
        };
        Note(context, actor.From(context), AuditActions.KeyUse, $"apikey:{subject}", $"The key is {reason}. {Address(context)}");
    }

    /// <summary>A request that was answered with 401 or 403.</summary>
    public void RequestRefused(HttpContext context) => Note(
        context,
        ActorOf(context),
        AuditActions.RequestSend,
        Address(context),
        context.Response.StatusCode is StatusCodes.Status401Unauthorized ? "Not signed in." : Needed(Refusals.RoleNeeded(context)));

    /// <summary>A page that was asked for by its address, by somebody signed in.</summary>
    public void PageRefused(HttpContext context) =>
        Note(context, ActorOf(context), AuditActions.PageOpen, $"page:{context.Request.Path}", Needed(Refusals.RoleNeeded(context)));

    /// <summary>A page that was opened from another one.</summary>
    public void PageRefused(ClaimsPrincipal user, string path, string roleNeeded) => attempts.Note(ActorOf(user), AuditActions.PageOpen, $"page:{path}", Needed(roleNeeded));

    /// <summary>A change that a page was asked for.</summary>
    public void ActionRefused(ClaimsPrincipal user, string path, string roleNeeded) => attempts.Note(ActorOf(user), AuditActions.PageAct, $"page:{path}", Needed(roleNeeded));

    /// <summary>A request that a browser sent from another site's page.</summary>
    public void ForeignPageRefused(HttpContext context) =>
        Note(context, ActorOf(context), AuditActions.RequestSend, Address(context), "It came from a page of another origin.");

    /// <summary>A page that was drawn for another session.</summary>
    public void ForeignSessionRefused(ClaimsPrincipal user, string path) =>
        attempts.Note(ActorOf(user), AuditActions.PageOpen, $"page:{path}", "It was drawn for another session.");

    /// <summary>A sign-in that came back from the identity provider and did not succeed.</summary>
    public void SignInFailed(HttpContext context, Exception? failure) =>
        Note(context, Actor.Anonymous.From(context), AuditActions.SessionBegin, "session:new", failure?.Message);

    /// <summary>A sign-in of somebody whom the identity provider vouches for, and who is not let in.</summary>
    public void SignInRefused(HttpContext context, Actor actor, string reason) =>
        Note(context, actor.From(context), AuditActions.SessionBegin, "session:new", reason);

    private static Actor ActorOf(ClaimsPrincipal user) => user.FindFirst(PortalPrincipal.ActorClaim) is null ? Actor.Anonymous : user.ToActor();

    private static Actor ActorOf(HttpContext context) => ActorOf(context.User).From(context);

    // Without the query, which may hold what is nobody's business.
    private static string Address(HttpContext context) => $"{context.Request.Method} {context.Request.Path}";

    private static string Needed(string role) => $"This needs the role {role}.";

    // A refused request passes here more than once: where it was refused, and where its answer leaves.
    private void Note(HttpContext context, Actor actor, string action, string subject, string? detail)
    {
        if (context.Items.TryAdd(Noted, Noted))
        {
            attempts.Note(actor, action, subject, detail);
        }
    }
}
