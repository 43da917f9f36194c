using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Health;

/// <summary>Does the machine work? One sentence, and what needs attention, the gravest first.</summary>
public sealed record HealthVerdict(string Word, string Sentence, IReadOnlyList<HealthConcern> Concerns)
{
    /// <summary>Days of disk left from which on the page warns.</summary>
    public const int DiskWarningDays = 14;

    public string Tone => Concerns.Any(concern => concern.IsBad) ? "bad" : Concerns.Count > 0 ? "warn" : "good";

    internal static HealthVerdict Of(HealthState state, HealthSettings settings)
    {
        IReadOnlyList<HealthConcern> concerns = [.. Find(state, settings).OrderByDescending(concern => concern.IsBad)];
        return concerns switch
        {
            [] => new("Works", Well(state), concerns),
            [var only] => new(only.IsBad ? "Does not work" : "Works, with a remark", only.Text, concerns),
            _ when concerns.Any(concern => concern.IsBad) => new("Does not work", $"{Words.Number(concerns.Count)} things need attention.", concerns),
            _ => new("Works, with remarks", $"{Words.Number(concerns.Count)} things are worth a look.", concerns),
        };
    }

    private static IEnumerable<HealthConcern> Find(HealthState state, HealthSettings settings) =>
        Scheduler(state, settings).Concat(Rules(state)).Concat(Storage(state, settings)).Concat(Data(state)).Concat(Unread(state));

    private static IEnumerable<HealthConcern> Scheduler(HealthState state, HealthSettings settings)
    {
        if (state.Scheduler is { } scheduler && scheduler.Lag > settings.SchedulerLagLimit)
        {
            yield return new(true, $"The scheduler is {HealthText.Span(scheduler.Lag)} behind: the window to {Words.Instant(scheduler.WindowEndUtc!.Value)} of {Name(scheduler.Rule!.Name)} has not been started.", PortalUrls.Rule(scheduler.Rule.Id, "runs"));
        }

        if (state.Jobs is { Nodes.Count: 0 } && state.Rules is { EnabledRules: > 0 })
        {
            yield return new(true, "No process evaluates rules: no workers are running.");
        }

        if (state.Jobs is { FailedToday: > 0 } jobs)
        {
            yield return new(false, $"{Words.Count(jobs.FailedToday, "background job")} failed within a day.", PortalUrls.Jobs + "/jobs/failed");
        }

        if (state.MissedWindows is > 0 and var open)
        {
            yield return new(false, $"{Words.Count(open, "missed window")} {(open == 1 ? "is" : "are")} still to be evaluated.", "#gaps");
        }
    }

    private static IEnumerable<HealthConcern> Rules(HealthState state)
    {
        if (state.Rules is not { } rules)
        {
            yield break;
        }

        foreach (var held in rules.Troubles.Where(trouble => trouble.IsHeld))
        {
            yield return new(true, $"The rule {Name(held.Rule.Name)} is held and waits for a person to decide of a window with very many result rows.", PortalUrls.Rule(held.Rule.Id));
        }

        var failing = rules.Troubles.Where(trouble => trouble is { IsEnabled: true, IsHeld: false }).ToList();
        var stopped = rules.Troubles.Where(trouble => !trouble.IsEnabled && trouble.Reason is not null).ToList();
        if (failing is [var one])
        {
            yield return new(true, $"The rule {Name(one.Rule.Name)} failed when it last ran.", PortalUrls.Rule(one.Rule.Id, "runs"));
        }
        else if (failing.Count > 0)
        {
            yield return new(true, $"{Words.Number(failing.Count)} rules failed when they last ran.", "#failing");
        }

        if (stopped is [var off])
        {
            yield return new(true, $"The rule {Name(off.Rule.Name)} was disabled by the portal after faults.", PortalUrls.Rule(off.Rule.Id, "runs"));
        }
        else if (stopped.Count > 0)
        {
            yield return new(true, $"{Words.Number(stopped.Count)} rules were disabled by the portal after faults.", "#failing");
        }
    }

    private static IEnumerable<HealthConcern> Storage(HealthState state, HealthSettings settings)
    {
        if (state.Storage is { FreeBytes: { } free } storage)
        {
            if (free < settings.MinimumFreeBytes)
            {
                yield return new(true, $"The disk is nearly full: {HealthText.Bytes(free)} are free, {HealthText.Bytes(settings.MinimumFreeBytes)} are wanted.", "#storage");
            }
            else if (storage.DaysUntilFull < DiskWarningDays)
            {
                yield return new(false, $"The disk is full in {Words.Count((long)storage.DaysUntilFull.Value, "day")} when the store goes on growing by {HealthText.Bytes(storage.BytesPerDay)} a day.", "#storage");
            }
        }
    }

    private static IEnumerable<HealthConcern> Data(HealthState state)
    {
        if (state.Rules is { NewestRowUtc: { } newest, Sources: > 0 } rules && rules.SilentSources == rules.Sources)
        {
            yield return new(true, $"No machine has reported for {HealthText.Span(state.AtUtc - newest)}.", PortalUrls.Connections);
        }
        else if (state.Rules is { SilentSources: > 0 } some)
        {
            yield return new(false, $"{Words.Number(some.SilentSources)} of {Words.Count(some.Sources, "machine")} {(some.SilentSources == 1 ? "is" : "are")} silent for longer than expected.", PortalUrls.Connections);
        }

        if (state.Rules is { NoDataRules: > 0 } blind)
        {
            yield return new(false, $"{Words.Count(blind.NoDataRules, "rule")} had no rows to look at in the last window, which is not the same as no findings.", PortalUrls.Rules);
        }
    }

    private static IEnumerable<HealthConcern> Unread(HealthState state)
    {
        if (state.Unread is { Count: > 0 } unread)
        {
            yield return new(true, $"Some of this page could not be read: {string.Join(", ", unread)}.");
        }
    }

    private static string Well(HealthState state)
    {
        if (state.Rules is not { EnabledRules: > 0 } rules)
        {
            return "There is nothing to do: no rule is enabled.";
        }

        var data = rules.NewestRowUtc is { } newest ? $"the newest data are {Age(state.AtUtc - newest)} old" : "no data have come yet";
        var disk = state.Storage switch
        {
            { DaysUntilFull: { } days } => $", and the disk lasts for {Words.Count((long)days, "day")}",
            { FreeBytes: not null, BytesPerDay: > 0 } => ", and the disk is large enough for what is kept",
            _ => "",
        };
        return $"{Words.Count(rules.EnabledRules, "rule")} {(rules.EnabledRules == 1 ? "is" : "are")} evaluated on time, {data}{disk}.";
    }

    private static string Age(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? "less than a minute" : HealthText.Span(age);

    private static string Name(string rule) => $"“{SafeText.Shorten(SafeText.Visible(rule), 80)}”";
}

/// <param name="IsBad">Whether something stands still, rather than being worth a look.</param>
/// <param name="Text">A sentence with its numbers.</param>
/// <param name="Url">Where to read on or act, or null.</param>
public sealed record HealthConcern(bool IsBad, string Text, string? Url = null);
