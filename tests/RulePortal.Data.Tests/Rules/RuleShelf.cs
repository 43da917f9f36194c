using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Tests.Rules;

/// <summary>A store with rules, windows, attempts and alerts as a test says them.</summary>
internal sealed class RuleShelf(TestStore store)
{
    private int occurrences;

    public DateTime Now { get; } = store.Clock.GetUtcNow().UtcDateTime;

    public RuleQueries Queries { get; } = new(store, store.Rules(), store.Clock);

    public Guid AddRule(string name, params RuleDefinition[] versions)
    {
        using var db = store.CreateDbContext();
        var rule = new AnalyticsRule(Guid.NewGuid(), name, true, Now.AddDays(-40));
        var definitions = versions is [] ? [Definition(name)] : versions;
        for (var number = 1; number <= definitions.Length; number++)
        {
            if (number > 1)
            {
                rule.Supersede(name);
            }

            db.RuleVersions.Add(new RuleVersion
            {
                RuleId = rule.Id,
                Number = number,
                CreatedUtc = Now.AddDays(-40 + number),
                ActorId = $"dev:{number}",
                ActorName = $"Author {number}",
                Note = $"Note {number}",
                Definition = RuleDefinitionJson.Write(definitions[number - 1]),
            });
        }

        db.AnalyticsRules.Add(rule);
        db.SaveChanges();
        return rule.Id;
    }

    public long AddWindow(Guid ruleId, DateTime endUtc, WindowStatus status, params AttemptOutcome[] attempts)
    {
        using var db = store.CreateDbContext();
        var window = new RuleWindow
        {
            RuleId = ruleId,
            StartUtc = endUtc.AddHours(-1),
            EndUtc = endUtc,
            Status = status,
            AttemptCount = attempts.Length,
            Outcome = attempts.Length == 0 ? null : $"Outcome {attempts[^1]}.",
        };
        db.RuleWindows.Add(window);
        db.SaveChanges();
        foreach (var (index, outcome) in attempts.Index())
        {
            db.RuleAttempts.Add(new RuleAttempt
            {
                WindowId = window.Id,
                RuleId = ruleId,
                WindowEndUtc = endUtc,
                Kind = index == 0 ? AttemptKind.Scheduled : AttemptKind.Retry,
                RuleVersion = 1,
                FencingToken = index + 1,
                ActorName = Actor.System.Name,
                StartedUtc = endUtc.AddMinutes(5 + index),
                EndedUtc = outcome is AttemptOutcome.Running ? null : endUtc.AddMinutes(5 + index).AddSeconds(2),
                Outcome = outcome,
                Sentence = $"Outcome {outcome}.",
            });
            db.SaveChanges();
        }

        return window.Id;
    }

    public void AddAlert(Guid ruleId, DateTime raisedUtc, ClosingVerdict? verdict = null)
    {
        using var db = store.CreateDbContext();
        var first = new Occurrence
        {
            RuleId = ruleId,
            RuleVersion = 1,
            WindowStartUtc = raisedUtc.AddHours(-1),
            WindowEndUtc = raisedUtc,
            GroupKey = $"key {++occurrences}",
            AttemptId = 1,
            MaxBatchSeq = 1,
            TotalRows = 6,
        };
        var alert = new Alert(new AlertContent("Rule", "Title", "Summary.", Severity.Low, "more than 5", [AttackTactic.Discovery], [], [], [], 30, 30), first, raisedUtc);
        if (verdict is not null)
        {
            Assert.Equal(AlertChange.Changed, alert.Close(verdict, null, Actor.System, raisedUtc));
        }

        db.Alerts.Add(alert);
        db.SaveChanges();
    }

    public static RuleDefinition Definition(string name) => new()
    {
        Name = name,
        Detector = "RareOutboundConnection",
        SettingsJson = """{"countryThreshold":5,"tupleLookback":"P7D"}""",
        QueryPeriod = TimeSpan.FromDays(30),
        TriggerThreshold = 5,
    };
}
