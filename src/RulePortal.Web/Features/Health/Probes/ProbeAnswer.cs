using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Health.Probes;

/// <summary>What a probe answers: to everybody one word, to whoever may view the portal also which check says what.</summary>
/// <param name="Status"><c>Healthy</c> or <c>Unhealthy</c>.</param>
/// <param name="Checks">Null for strangers.</param>
internal sealed record ProbeAnswer(string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProbeAnswer.Check>? Checks)
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        var mayView = (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, Policies.CanView)).Succeeded;
        // The exceptions of checks hold paths and addresses; they are in the log.
        var checks = mayView ? report.Entries.Select(entry => new Check(entry.Key, entry.Value.Status.ToString(), entry.Value.Description ?? "")).ToList() : null;
        await context.Response.WriteAsJsonAsync(new ProbeAnswer(report.Status.ToString(), checks), context.RequestAborted);
    }

    /// <param name="Name">What was looked at.</param>
    /// <param name="Status"><c>Healthy</c> or <c>Unhealthy</c>.</param>
    /// <param name="Text">What was seen, as a sentence.</param>
    internal sealed record Check(string Name, string Status, string Text);
}
