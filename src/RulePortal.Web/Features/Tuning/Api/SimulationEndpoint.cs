using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Tuning.Api;

/// <summary>What a rule would have done over a past span, as saved and with other settings; stores nothing.</summary>
internal static class SimulationEndpoint
{
    public static void Map(RouteGroupBuilder rules) => rules.MapPost("{id:guid}/simulation", SimulateAsync)
        .InTurn<EvaluationTurns>()
        .RequireAuthorization(Policies.CanView)
        .DisableRequestTimeout()
        .WithSummary("Evaluates every window 'from' - 'to' (default the last 30 days) as the scheduler would have, with single 'settings' and 'triggerThreshold' in place of the saved ones; compares with the saved ones, or with those of the version 'against'; stores nothing");

    private static async Task<Results<Ok<SimulationAnswer>, ProblemHttpResult>> SimulateAsync(
        Guid id,
        JsonElement? body,
        RuleStore store,
        RuleSimulator simulator,
        DetectorCatalog detectors,
        LabelQueries labels,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } rule)
        {
            return Problems.NotFound("rule");
        }

        var reader = new SimulationRequestReader(rule.Definition, clock.GetUtcNow().UtcDateTime);
        reader.Read(body);
        if (reader.Errors.Count > 0)
        {
            return RuleProblems.Invalid(reader.Errors);
        }

        var against = reader.Against is { } number && number != rule.Version ? await store.FindVersionAsync(id, number, cancellationToken) : rule.Definition;
        if (against is null)
        {
            return RuleProblems.Invalid([new("against.unknown", "against", $"The rule has no version {reader.Against}; it has 1 to {rule.Version}.")]);
        }

        if (!detectors.TryBind(reader.Rule, out var bound, out var faults) || !detectors.TryBind(against, out var before, out faults))
        {
            return RuleProblems.Invalid(faults);
        }

        var request = RuleSimulator.WithUsualLookbacks(new SimulationRequest { Rule = bound, Span = reader.Span, AlertsOf = id });
        var changed = await simulator.SimulateAsync(request, progress: null, cancellationToken);
        if (changed.WhatIf is not { } whatIf)
        {
            return Refused(changed);
        }

        // Read up to the same batch, so that nothing but the settings makes a difference.
        var saved = ReferenceEquals(against, rule.Definition) && reader.Rule.SettingsJson == against.SettingsJson && reader.Rule.TriggerThreshold == against.TriggerThreshold
            ? changed
            : await simulator.SimulateAsync(request with { Rule = before }, whatIf.Pass.MaxBatchSeq, progress: null, cancellationToken);
        if (saved.WhatIf is null)
        {
            return Refused(saved);
        }

        if (Axes(reader, whatIf) is { Count: > 0 } unknown)
        {
            return RuleProblems.Invalid(unknown);
        }

        var known = new AlertLabels(await labels.ListAsync(id, reader.Span, cancellationToken));
        return TypedResults.Ok(SimulationAnswer.Of(reader, reader.Against ?? rule.Version, saved.WhatIf, whatIf, changed.Elapsed, known));
    }

    private static List<RuleError> Axes(SimulationRequestReader reader, WhatIf whatIf)
    {
        var allowed = string.Join(", ", whatIf.Axes.Select(axis => axis.Key));
        return
        [
            .. new[] { ("across", reader.Map.Across), ("down", reader.Map.Down) }
                .Where(axis => axis.Item2 is not null && whatIf.Axis(axis.Item2) is null)
                .Select(axis => new RuleError($"{axis.Item1}.unknown", axis.Item1, $"{axis.Item1} must be one of {allowed}.")),
        ];
    }

    private static ProblemHttpResult Refused(SimulationResult result) => result.Outcome switch
    {
        SimulationOutcome.TimedOut => Problems.Of(StatusCodes.Status503ServiceUnavailable, "Took too long", result.Errors[0].Message),
        _ => RuleProblems.Invalid(result.Errors),
    };
}
