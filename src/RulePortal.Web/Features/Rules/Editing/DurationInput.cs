using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A duration as somebody types it, readable or not.</summary>
/// <param name="value">What it starts with.</param>
/// <param name="mayBeEmpty">Whether nothing typed means null.</param>
public sealed class DurationInput(TimeSpan? value, bool mayBeEmpty = false)
{
    public string Text { get; set; } = Write(value);

    /// <summary>Types another value over it.</summary>
    public void Set(TimeSpan? value) => Text = Write(value);

    /// <summary>Whether it reads as a value.</summary>
    public bool Is(TimeSpan? value) => TryRead(out var read, out _) && read == value;

    /// <summary>Reads it.</summary>
    /// <param name="value">The duration; null when nothing is typed and that is allowed, or when it cannot be read.</param>
    /// <param name="error">What is wrong, or null.</param>
    public bool TryRead(out TimeSpan? value, out string? error)
    {
        value = null;
        error = null;
        if (mayBeEmpty && string.IsNullOrWhiteSpace(Text))
        {
            return true;
        }

        if (DurationText.TryParse(Text, out var duration, out error))
        {
            value = duration;
            return true;
        }

        return false;
    }

    private static string Write(TimeSpan? value) => value is { } duration ? DurationText.ForPeople(duration) : "";
}
