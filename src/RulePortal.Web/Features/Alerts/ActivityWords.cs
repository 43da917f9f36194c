using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Pins;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What happened to an alert, in words.</summary>
internal static class ActivityWords
{
    private const string Nobody = "nobody";

    /// <summary>What was done, without who and when, such as "assigned it to Ada".</summary>
    public static string Of(ActivityItem activity) => activity.Kind switch
    {
        ActivityKind.Raised => "raised it",
        ActivityKind.Acknowledged => "acknowledged it",
        ActivityKind.Assigned when activity.From is null or Nobody => $"assigned it to {activity.To}",
        ActivityKind.Assigned => $"assigned it to {activity.To}, before {activity.From}",
        ActivityKind.Closed => $"closed it as {activity.To}",
        ActivityKind.Reopened => $"reopened it, closed before as {activity.From}",
        ActivityKind.Commented => "commented",
        ActivityKind.Pinned when activity.From is null => $"pinned it as {Pin(activity.To)}",
        ActivityKind.Pinned when activity.From == activity.To => "changed the note of its pin",
        ActivityKind.Pinned => $"pinned it as {Pin(activity.To)}, before {Pin(activity.From)}",
        ActivityKind.Unpinned => $"took its pin off, before {Pin(activity.From)}",
        _ => "found more of the same",
    };

    /// <summary>What others did meanwhile, as one sentence, such as "Ben acknowledged it and assigned it to Ben.".</summary>
    public static string Sentence(IReadOnlyList<ActivityItem> meanwhile)
    {
        var people = meanwhile
            .GroupBy(activity => activity.ActorName, StringComparer.Ordinal)
            .Select(person => $"{person.Key} {And(person.Select(Of))}");
        return meanwhile.Count == 0 ? "Somebody changed it." : string.Join("; ", people) + ".";
    }

    /// <summary>A comment with its line breaks and with nothing hidden in it.</summary>
    public static string Lines(string comment) => string.Join('\n', comment.Split('\n').Select(line => SafeText.Visible(line.TrimEnd('\r'))));

    private static string Pin(string? kind) => kind == nameof(PinKind.MustFire) ? "must fire" : "must not fire";

    private static string And(IEnumerable<string> parts)
    {
        var all = parts.Distinct(StringComparer.Ordinal).ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
