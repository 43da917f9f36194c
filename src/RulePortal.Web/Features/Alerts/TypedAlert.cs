using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What somebody typed on an alert's page and did not send, fit to be kept in the browser.</summary>
/// <param name="Comment">In the form under the activity.</param>
/// <param name="Verdict">Chosen in the dialog that closes the alert: the name of a <see cref="RulePortal.Detection.Taxonomy.ClosingVerdict"/>.</param>
/// <param name="ClosingComment">Typed there.</param>
public sealed record TypedAlert(string? Comment, string? Verdict, string? ClosingComment)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Comment) && Verdict is null && string.IsNullOrWhiteSpace(ClosingComment);

    public bool HasClosing => Verdict is not null || !string.IsNullOrWhiteSpace(ClosingComment);
}
