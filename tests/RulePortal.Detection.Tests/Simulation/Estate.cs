using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>
/// Random histories, rules and spans for simulations of any detector: few values each, so that tuples, countries and hosts meet again.
/// </summary>
internal static class Estate
{
    public static readonly DateTime End = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Every detector there is: those shipped, and the one of the tests.</summary>
    public static TheoryData<string> Kinds => [.. Bound.Catalog.All.Select(detector => detector.Kind)];

    /// <summary>Cases of one detector.</summary>
    public static Gen<Case> CasesOf(string kind)
    {
        var main = kind.Contains("Inbound", StringComparison.Ordinal) ? "inbound" : "outbound";
        return from rule in RulesOf(Bound.Catalog.Find(kind)!)
               from days in Gen.Frequency((3, 6.0), (1, 2.0))
               from rows in Gen.Select(
                   Rows(main, 1.8), Rows(main, days), Bursts(main), (few, many, bursts) => (List<VmConnection>)[.. few, .. many, .. bursts])
               from hours in Gen.Int[1, 40]
               from silence in Gen.Int[0, 30]
               from more in Gen.OneOf(TimeSpan.FromHours(5), TimeSpan.FromDays(3), TimeSpan.FromDays(5))
               select new Case(
                   new SimulationRequest
                   {
                       Rule = rule,
                       Span = new TimeRange(End.AddHours(-hours), End),
                       Lookbacks = rule.Detector.Knobs.Where(knob => knob.Lookback is not null).DistinctBy(knob => knob.Lookback)
                           .ToDictionary(
                               knob => knob.Lookback!.Key,
                               IReadOnlyList<TimeSpan> (_) => [more, TimeSpan.FromHours(4)],
                               StringComparer.Ordinal),
                   },
                   [.. rows.Where(row => row.TimeGenerated < End.AddHours(-silence) || row.TimeGenerated >= End.AddHours(-silence + 4))]);
    }

    /// <summary>Values for the knobs of a pass, as far as it can answer for them.</summary>
    public static Gen<Func<WhatIf, WhatIfSetting>> Moves { get; } =
        from thresholds in Gen.Int[0, 50].Array[4]
        from lookbacks in Gen.Int[0, 11].Array[4]
        select new Func<WhatIf, WhatIfSetting>(whatIf => whatIf.Fit(new WhatIfSetting(
            [
                .. whatIf.Own.Knobs.Select((_, knob) => new KnobValue(
                    thresholds[knob], whatIf.Pass.LookbacksOf(knob)[lookbacks[knob] % whatIf.Pass.LookbacksOf(knob).Count])),
            ],
            whatIf.Own.TriggerThreshold)));

    private static Gen<BoundRule> RulesOf(Detector detector) =>
        from settings in detector.Settings.Select(Setting)
            .Aggregate((gen, next) => Gen.Select(gen, next, (left, right) => $"{left},{right}"))
        from frequency in Gen.OneOf(TimeSpan.FromHours(1), TimeSpan.FromHours(2))
        from @operator in Gen.Frequency((4, Gen.Const(TriggerOperator.GreaterThan)), (1, Gen.Enum<TriggerOperator>()))
        from threshold in Gen.Int[0, 4]
        from grouping in Gen.Enum<EventGrouping>()
        from suppression in Gen.OneOf<TimeSpan?>(null, null, TimeSpan.FromHours(2), TimeSpan.FromHours(7))
        from learning in Gen.OneOf(TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(2))
        select Bound.Catalog.Bind(new RuleDefinition
        {
            Name = "rule",
            Detector = detector.Kind,
            SettingsJson = $"{{{settings}}}",
            QueryFrequency = frequency,
            QueryPeriod = TimeSpan.FromDays(4),
            TriggerOperator = @operator,
            TriggerThreshold = threshold,
            EventGrouping = grouping,
            SuppressionDuration = suppression,
            LearningPeriod = learning,
        });

    // The windows are shorter than every lookback.
    private static Gen<string> Setting(DetectorSetting setting) => (setting switch
    {
        ChoiceSetting choice =>
            Gen.Frequency((4, Gen.Const(choice.Shipped)), (1, Gen.OneOf([.. choice.Choices]))).Select(word => $"\"{word}\""),
        CountSetting { Passes: Passes.AtLeast } count => Gen.Int[0, 2].Select(number => $"{count.Least + number}"),
        CountSetting count => Gen.Frequency((1, Gen.Int[0, 3]), (1, Gen.Int[0, 50])).Select(number => $"{Math.Max(count.Least, number)}"),
        DurationSetting { Follows: "queryFrequency" } =>
            Gen.OneOf<TimeSpan?>(null, null, TimeSpan.FromMinutes(20), TimeSpan.FromHours(3), TimeSpan.FromHours(1) + TimeSpan.FromTicks(1))
                .Select(Iso),
        DurationSetting { Follows: not null } => Gen.OneOf<TimeSpan?>(null, TimeSpan.FromDays(2), TimeSpan.FromHours(10)).Select(Iso),
        DurationSetting => Gen.OneOf<TimeSpan?>(TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromHours(9)).Select(Iso),
        _ => throw new NotSupportedException($"Say what {setting.GetType().Name} can be."),
    }).Select(value => $"\"{setting.Key}\":{value}");

    private static string Iso(TimeSpan? duration) => duration is { } length ? $"\"{DurationText.ToIso(length)}\"" : "null";

    private static Gen<List<VmConnection>> Rows(string direction, double days) =>
        (from part in Gen.Int[1, 2000]
         from onTheHour in Gen.Int[0, 5]
         from row in Connections(direction)
         let time = End - (TimeSpan.FromDays(days) * (part / 2000.0))
         select row with { TimeGenerated = onTheHour == 0 ? time.Date.AddHours(time.Hour) : time }).List[0, 60];

    private static Gen<VmConnection> Connections(string direction) =>
        from computer in Gen.Frequency((5, "vm-01"), (2, "vm-02"), (1, "vm-03"), (1, "vm-04"))
        from to in Gen.Frequency(
            (12, direction), (4, direction == "outbound" ? "inbound" : "outbound"), (2, direction == "outbound" ? "Outbound" : "Inbound"))
        from process in Gen.Frequency((6, "curl"), (2, "ssh"), (1, ""))
        from source in Gen.Frequency((12, "10.0.0.4"), (1, "10.0.0.5"), (1, "10.0.1.4"), (1, "192.168.0.4"))
        from destination in Gen.Frequency((4, "203.0.113.9"), (1, "203.0.113.10"))
        from port in Gen.OneOf<int?>(443, 443, null, 0)
        from country in Gen.OneOf("Alfa", "alfa", "Bravo", "Côte d'Ivoire", "")
        from details in Gen.Frequency((8, (string?)null), (1, """{"IndicatorThreatType":"Botnet","Confidence":80}"""))
        select new VmConnection
        {
            TimeGenerated = End,
            Computer = computer,
            Direction = to,
            ProcessName = process,
            SourceIp = source,
            DestinationIp = destination,
            DestinationPort = port,
            Protocol = "tcp",
            RemoteCountry = country,
            Details = details,
        };

    // Many rows of one country close together, so that it becomes common and rare again.
    private static Gen<List<VmConnection>> Bursts(string direction) =>
        (from row in Connections(direction)
         from hours in Gen.Int[1, 100]
         from many in Gen.OneOf(49, 50, 51, 52, 60, 2_100)
         from apart in Gen.OneOf(0, 1, 40)
         select Enumerable.Range(0, many)
             .Select(i => row with { TimeGenerated = End.AddHours(-hours).AddSeconds(i * apart) }).Where(made => made.TimeGenerated < End))
        .List[0, 2].Select(bursts => bursts.SelectMany(burst => burst).ToList());

    /// <summary>A request and the rows it is asked over.</summary>
    public sealed record Case(SimulationRequest Request, IReadOnlyList<VmConnection> Rows)
    {
        public BoundRule Rule => Request.Rule;

        public InMemoryConnections Connections() => new(Rows);

        /// <summary>What a row is about, as the rule sees it.</summary>
        public Subject SubjectOf(VmConnection row) => Rule.Detector.Kind == HostRowsDetector.KindName
            ? Subject.Of(nameof(VmConnection.Computer), row.Computer)
            : Subject.Of(nameof(VmConnection.RemoteCountry), row.RemoteCountry);

        public async Task<WhatIf> AskAsync(IConnections connections) =>
            new(await SimulationPass.RunAsync(Request, connections, progress: null, default));

        /// <summary>The same windows one by one, by the rule with the setting written into it and without a pass.</summary>
        public async Task<WhatIf> AskAloneAsync(WhatIfSetting setting, IConnections connections)
        {
            var rule = new DetectorCatalog([PlainDetector.Of(Rule.Detector)]).Bind(Rule.At(setting).Definition);
            return await (this with { Request = Request with { Rule = rule } }).AskAsync(connections);
        }

        /// <summary>One window alone, by the rule with the setting written into it.</summary>
        public Task<IReadOnlyList<Finding>> DetectAsync(WhatIfSetting setting, DateTime endUtc, IConnections connections) =>
            Rule.At(setting).DetectAsync(endUtc, connections, default);

        /// <summary>Findings as a simulation names them.</summary>
        /// <remarks>
        /// The revised rules order their rows by a number of the kept left row, which thresholds change: their rows are compared by name.
        /// </remarks>
        public IEnumerable<(string GroupKey, Subject Subject, DateTime? FirstUtc)> InOrder(
            IEnumerable<(string GroupKey, Subject Subject, DateTime? FirstUtc)> rows) =>
            Rule.Detector.Kind is RareConnectionDetectors.OutboundByAddress or RareConnectionDetectors.InboundByAddress
                ? rows.OrderBy(row => row.GroupKey, StringComparer.Ordinal)
                : rows;

        public override string ToString() => $"{Request}, {Rule.Definition}, {Rows.Count} rows:\n{string.Join('\n', Rows.Take(200))}";

    }
}
