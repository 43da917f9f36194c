using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Kit.Controls;

/// <summary>A duration as people type it (<c>30d</c>, <c>1h 30m</c>, ISO 8601) and as it is read once the field is left. Its value changes only to what can be read; inside a MudForm its fault is the form's.</summary>
public sealed partial class DurationField
{
    private string text = "";
    private TimeSpan? shown;

    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public TimeSpan? Value { get; set; }

    [Parameter]
    public EventCallback<TimeSpan?> ValueChanged { get; set; }

    /// <summary>Shortest duration allowed.</summary>
    [Parameter]
    public TimeSpan? Min { get; set; }

    /// <summary>Longest duration allowed.</summary>
    [Parameter]
    public TimeSpan? Max { get; set; }

    /// <summary>One line under the field.</summary>
    [Parameter]
    public string? HelperText { get; set; }

    /// <summary>Without it an empty field means no duration.</summary>
    [Parameter]
    public bool Required { get; set; } = true;

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>Attributes of the input itself, such as <c>data-testid</c>.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected override void OnParametersSet()
    {
        // What was typed and cannot be read stays until the value itself changes.
        if (Value != shown)
        {
            Show(Value);
        }
    }

    private async Task OnTypedAsync(string typed)
    {
        text = typed;
        if (Fault(typed) is not null)
        {
            return;
        }

        TimeSpan? value = DurationText.TryParse(typed, out var duration, out _) ? duration : null;
        Show(value);
        await ValueChanged.InvokeAsync(value);
    }

    private void Show(TimeSpan? value)
    {
        shown = value;
        text = value is { } duration ? DurationText.ForPeople(duration) : "";
    }

    private string? Fault(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return Required ? "Write a duration such as 30d or 1h 30m." : null;
        }

        return !DurationText.TryParse(typed, out var duration, out var error) ? error
            : duration < Min ? $"At least {DurationText.ForPeople(Min.Value)}."
            : duration > Max ? $"At most {DurationText.ForPeople(Max.Value)}."
            : null;
    }
}
