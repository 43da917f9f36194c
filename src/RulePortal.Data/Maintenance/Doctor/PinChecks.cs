using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Pins;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>Pins, and what remembers them.</summary>
internal static class PinChecks
{
    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("pins.alert", "A pin lies on an alert of its rule, and a rule has no more than are judged", AlertAsync),
        new("pins.activity", "An alert is pinned as its log said last", ActivityAsync),
        new("versions.pins", "A version that broke pins says which, and why it was saved", OverrideAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> AlertAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var strays = context.Db.AlertPins
            .Where(pin => !context.Db.Alerts.Any(alert => alert.Id == pin.AlertId && alert.RuleId == pin.RuleId))
            .Select(pin => pin.AlertId);
        await foreach (var id in strays.Streamed(cancellationToken))
        {
            yield return new StoreFault("AlertPins", Words($"{id}"), Words($"The pin of alert {id} has no such alert, or one of another rule."), "Remove the row of AlertPins.");
        }

        var full = context.Db.AlertPins
            .GroupBy(pin => pin.RuleId)
            .Select(rule => new { rule.Key, Count = rule.Count() })
            .Where(rule => rule.Count > AlertPin.MostOfRule);
        await foreach (var rule in full.Streamed(cancellationToken))
        {
            yield return new StoreFault("AlertPins", Words($"{rule.Key}"), Words($"The rule has {rule.Count} pins; {AlertPin.MostOfRule} are judged."), "Take pins off in the portal.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> ActivityAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var said = context.Db.AlertActivities
            .Where(activity => activity.Kind == ActivityKind.Pinned || activity.Kind == ActivityKind.Unpinned)
            .GroupBy(activity => activity.AlertId)
            .Select(alert => alert.Max(activity => activity.Id));
        var broken = context.Db.AlertActivities
            .Where(activity => said.Contains(activity.Id) && (activity.Kind == ActivityKind.Pinned) != context.Db.AlertPins.Any(pin => pin.AlertId == activity.AlertId))
            .Select(activity => activity.AlertId);
        await foreach (var id in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("AlertPins", Words($"alert {id}"), Words($"The log of alert {id} and its pin say different things."), "Pin the alert again, or take its pin off, in the portal.");
        }

        var silent = context.Db.AlertPins
            .Where(pin => !context.Db.AlertActivities.Any(activity => activity.AlertId == pin.AlertId && activity.Kind == ActivityKind.Pinned))
            .Select(pin => pin.AlertId);
        await foreach (var id in silent.Streamed(cancellationToken))
        {
            yield return new StoreFault("AlertPins", Words($"alert {id}"), Words($"Alert {id} is pinned and its log does not say so."), "Take the pin off and put it there again, in the portal.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> OverrideAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleVersions
            .Where(version => (version.PinOverride == null) != (version.BrokenPins == null) || version.PinOverride == "")
            .Select(version => new { version.RuleId, version.Number });
        await foreach (var version in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleVersions", Words($"{version.RuleId}, {version.Number}"), Words($"Version {version.Number} has pins it broke without a reason, or a reason without pins."), "Restore the last backup: a version is never changed or removed.");
        }
    }
}
