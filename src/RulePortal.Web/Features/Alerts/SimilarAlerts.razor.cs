using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Alerts like this one, each with the reason.</summary>
public sealed partial class SimilarAlerts
{
    private const int Shown = 6;

    private bool all;

    /// <summary>Null while they are read.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<SimilarAlert>? Alerts { get; set; }

    [Parameter]
    public bool Failed { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }

    private static string Reason(SimilarAlert other)
    {
        var reasons = other.Shared.Select(entity => $"same {entity.Type.InSentence()} {SafeText.Shorten(SafeText.Visible(entity.Value), 32)}").ToList();
        if (other.SharedCount > other.Shared.Count)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{other.SharedCount - other.Shared.Count:N0} more in common"));
        }

        if (other.SameRule)
        {
            reasons.Add("same rule");
        }

        var words = string.Join(", ", reasons);
        return char.ToUpperInvariant(words[0]) + words[1..] + ".";
    }
}
