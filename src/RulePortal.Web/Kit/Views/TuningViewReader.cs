using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Kit.Views;

/// <summary>Reads a <see cref="TuningView"/> from an address. Which values there can be depends on the rule, so they are kept as they are written.</summary>
internal static class TuningViewReader
{
    private const int LongestDays = 75;
    private const int LongestText = 40;
    private const int LongestEntity = 400;
    private const int LongestVersion = 10;
    private const int MostValues = 20;

    /// <summary>Every value of every knob is answered while a slider moves: more of them would be felt.</summary>
    public const int HighestThreshold = 200;

    private static readonly string[] Reserved = ["days", "to", "curve", "across", "down", "window", "entity", "highest", "alert", "a", "b", "find", "label"];

    /// <summary>The view, and every value that was left out of it for being no value.</summary>
    public static (TuningView View, IReadOnlyList<QueryFault> Faults) Read(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var parameters = new QueryCollection(QueryHelpers.ParseQuery(address.Query));
        var query = new QueryReader(parameters);
        var view = new TuningView
        {
            Days = query.Number("days", TuningView.DefaultDays, 1, LongestDays),
            ToUtc = query.Instant("to"),
            Curve = query.Text("curve", LongestText),
            Across = query.Text("across", LongestText),
            Down = query.Text("down", LongestText),
            WindowUtc = query.Instant("window"),
            Entity = query.Text("entity", LongestEntity),
            Highest = query.Number("highest", SimulationRequest.UsualHighestThreshold, SimulationRequest.UsualHighestThreshold, HighestThreshold),
            AlertId = query.Id("alert"),
            VersionA = query.Text("a", LongestVersion),
            VersionB = query.Text("b", LongestVersion),
            Find = query.Text("find", LongestEntity),
            Label = query.Text("label", LongestText),
            Values = parameters.Keys.Except(Reserved, StringComparer.Ordinal).Take(MostValues)
                .Select(key => (Key: key, Text: query.Text(key, LongestText)))
                .Where(value => value.Text is not null)
                .ToDictionary(value => value.Key, value => value.Text!, StringComparer.Ordinal),
        };
        return (view, query.Faults);
    }
}
