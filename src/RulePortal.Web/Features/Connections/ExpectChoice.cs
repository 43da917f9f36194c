namespace RulePortal.Web.Features.Connections;

/// <param name="Expected">Zero when the machine is not expected to report, null for the portal's default.</param>
internal sealed record ExpectChoice(TimeSpan? Expected);
