using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>Random histories, rules and spans for simulations: few values each, so that tuples and countries meet again.</summary>
internal static class Estate
{
    public static readonly DateTime End = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<RareOutboundConnectionSettings> Settings =
        from direction in Gen.Frequency((4, "outbound"), (1, "inbound"))
        from window in Gen.OneOf<TimeSpan?>(null, null, TimeSpan.FromMinutes(20), TimeSpan.FromHours(3), TimeSpan.FromHours(1) + TimeSpan.FromTicks(1))
        from countryLookback in Gen.OneOf<TimeSpan?>(null, TimeSpan.FromDays(2), TimeSpan.FromHours(10))
        from countryThreshold in Gen.Int[0, 50]
        from tupleLookback in Gen.OneOf(TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromHours(9))
        from tupleThreshold in Gen.Frequency((3, Gen.Int[0, 3]), (1, Gen.Int[4, 50]))
        select new RareOutboundConnectionSettings
        {
            Direction = direction,
            CurrentWindow = window,
            CountryLookback = countryLookback,
            CountryThreshold = countryThreshold,
            TupleLookback = tupleLookback,
            TupleThreshold = tupleThreshold,
        };

    private static readonly Gen<RuleDefinition> Rules =
        from settings in Settings
        from frequency in Gen.OneOf(TimeSpan.FromHours(1), TimeSpan.FromHours(2))
        from @operator in Gen.Frequency((4, Gen.Const(TriggerOperator.GreaterThan)), (1, Gen.Enum<TriggerOperator>()))
        from threshold in Gen.Int[0, 4]
        from grouping in Gen.Enum<EventGrouping>()
        from suppression in Gen.OneOf<TimeSpan?>(null, null, TimeSpan.FromHours(2), TimeSpan.FromHours(7))
        from learning in Gen.OneOf(TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(2))
        select new RuleDefinition
        {
            Name = "rule",
            Detector = RareOutboundConnectionDetector.KindName,
            SettingsJson = settings.ToJson(),
            QueryFrequency = frequency,
            QueryPeriod = TimeSpan.FromDays(4),
            TriggerOperator = @operator,
            TriggerThreshold = threshold,
            EventGrouping = grouping,
            SuppressionDuration = suppression,
            LearningPeriod = learning,
        };

    private static Gen<List<VmConnection>> Rows(double days) =>
        (from part in Gen.Int[1, 2000]
         from onTheHour in Gen.Int[0, 5]
         from row in Kinds
         let time = End - (TimeSpan.FromDays(6 * days) * (part / 2000.0))
         select row with { TimeGenerated = onTheHour == 0 ? time.Date.AddHours(time.Hour) : time }).List[0, 60];

    private static readonly Gen<VmConnection> Kinds =
        from computer in Gen.Frequency((6, "vm-01"), (2, "vm-02"))
        from direction in Gen.Frequency((12, "outbound"), (4, "inbound"), (1, "Outbound"))
        from process in Gen.Frequency((6, "curl"), (2, "ssh"), (1, ""))
        from destination in Gen.Frequency((4, "203.0.113.9"), (1, "203.0.113.10"))
        from port in Gen.OneOf<int?>(443, 443, null, 0)
        from country in Gen.OneOf("Alfa", "alfa", "Bravo", "Côte d'Ivoire", "")
        select new VmConnection { TimeGenerated = End, Computer = computer, Direction = direction, ProcessName = process, SourceIp = "10.0.0.4", DestinationIp = destination, DestinationPort = port, Protocol = "tcp", RemoteCountry = country };

    // Many rows of one country close together, so that it becomes common and rare again.
    private static readonly Gen<List<VmConnection>> Bursts =
        (from row in Kinds
         from hours in Gen.Int[1, 100]
         from many in Gen.OneOf(49, 50, 51, 52, 60, 2_100)
         from apart in Gen.OneOf(0, 1, 40)
         select Enumerable.Range(0, many).Select(i => row with { TimeGenerated = End.AddHours(-hours).AddSeconds(i * apart) }).Where(made => made.TimeGenerated < End))
        .List[0, 2].Select(bursts => bursts.SelectMany(burst => burst).ToList());

    public static Gen<Case> Cases { get; } =
        from rule in Rules
        from rows in Gen.Select(Rows(0.3), Rows(1), Bursts, (few, many, bursts) => (List<VmConnection>)[.. few, .. many, .. bursts])
        from hours in Gen.Int[1, 40]
        from silence in Gen.Int[0, 30]
        from more in Gen.OneOf(TimeSpan.FromHours(5), TimeSpan.FromDays(3), TimeSpan.FromDays(5))
        select new Case(
            new SimulationRequest
            {
                Rule = rule,
                Span = new TimeRange(End.AddHours(-hours), End),
                Lookbacks = new Dictionary<string, IReadOnlyList<TimeSpan>>(StringComparer.Ordinal) { ["countryLookback"] = [more], ["tupleLookback"] = [more, TimeSpan.FromHours(4)] },
            },
            [.. rows.Where(row => row.TimeGenerated < End.AddHours(-silence) || row.TimeGenerated >= End.AddHours(-silence + 4))]);

    /// <summary>A request and the rows it is asked over.</summary>
    public sealed record Case(SimulationRequest Request, IReadOnlyList<VmConnection> Rows)
    {
        public InMemoryConnectionHistory History() => new(Rows);

        public override string ToString() => $"{Request}, {Request.Rule.SettingsJson}, {Rows.Count} rows:\n{string.Join('\n', Rows.Take(200))}";
    }
}
