using System.Globalization;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Auditing;

/// <summary>Gathers denied attempts in memory, so that a flood of them makes nobody wait and does not fill the trail.</summary>
/// <remarks>
/// The same attempt of the same actor from the same place within a minute becomes one entry with a count; strangers are counted together whatever they
/// address. Strangers and known actors have a budget each, so the first cannot hide the second; what is beyond it is only counted, and the count is an entry.
/// </remarks>
public sealed class DeniedAttempts(TimeProvider time)
{
    /// <summary>How long equal attempts are counted together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(string ActorId, string Origin, string Action, string Subject), Attempt> open = [];
    private readonly EntryBudget strangers = new(time, most: 300, aMinute: 10);
    private readonly EntryBudget known = new(time, most: 600, aMinute: 60);
    private int beyond;

    /// <summary>Notes an attempt. Does not wait.</summary>
    /// <param name="actor">Who, or <see cref="Actor.Anonymous"/>; from where.</param>
    /// <param name="action">What was tried: one of <see cref="AuditActions"/>.</param>
    /// <param name="subject">On what.</param>
    /// <param name="detail">Why it was denied, or null.</param>
    public void Note(Actor actor, string action, string subject, string? detail)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var isStranger = string.Equals(actor.Id, Actor.Anonymous.Id, StringComparison.Ordinal);
        var key = (actor.Id, actor.Origin, action, isStranger ? "" : subject);
        lock (gate)
        {
            if (open.TryGetValue(key, out var attempt))
            {
                attempt.Count++;
            }
            else if ((isStranger ? strangers : known).TrySpend())
            {
                open.Add(key, new Attempt(time.GetUtcNow().UtcDateTime, actor, action, subject, detail));
            }
            else
            {
                beyond++;
            }
        }
    }

    /// <summary>Takes what is to be written: attempts whose minute is over.</summary>
    /// <param name="all">Whether the others are taken as well, since the process ends.</param>
    public IReadOnlyList<AuditEntry> Take(bool all = false)
    {
        lock (gate)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var ready = open.Where(pair => all || pair.Value.AtUtc + Window <= now).ToList();
            foreach (var (key, _) in ready)
            {
                open.Remove(key);
            }

            List<AuditEntry> entries = [.. ready.Select(pair => pair.Value.ToEntry()).OrderBy(entry => entry.AtUtc)];
            if (beyond > 0)
            {
                entries.Add(new AuditEntry(now, Actor.System, AuditActions.AuditOverflow, "audit:denied")
                {
                    Outcome = AuditOutcome.Denied,
                    Attempts = beyond,
                    Detail = string.Create(CultureInfo.InvariantCulture, $"{beyond:N0} denied attempts were more than the trail takes; they are counted here and not written one by one."),
                });
                beyond = 0;
            }

            return entries;
        }
    }

    private sealed class Attempt(DateTime atUtc, Actor actor, string action, string subject, string? detail)
    {
        public DateTime AtUtc => atUtc;

        public int Count { get; set; } = 1;

        public AuditEntry ToEntry() => new(atUtc, actor, action, subject) { Outcome = AuditOutcome.Denied, Attempts = Count, Detail = detail };
    }
}

/// <summary>How many entries may be opened: as many as were saved up, and a few more each minute. Not for several threads at once.</summary>
internal sealed class EntryBudget(TimeProvider time, int most, int aMinute)
{
    private double left = most;
    private long asked = time.GetTimestamp();

    public bool TrySpend()
    {
        left = Math.Min(most, left + (time.GetElapsedTime(asked).TotalMinutes * aMinute));
        asked = time.GetTimestamp();
        if (left < 1)
        {
            return false;
        }

        left--;
        return true;
    }
}
