using System.Text.Json.Serialization;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors;

/// <summary>Why a row is a result, in numbers.</summary>
/// <param name="Summary">One sentence that names the things and carries the numbers.</param>
/// <param name="Branch">Which steps of the rule let the row through, as a sentence.</param>
/// <param name="Measures">Each number that was compared, with its limit.</param>
/// <param name="Evidence">What else supports it, as data that one view draws; empty when there is nothing.</param>
public sealed record Explanation(string Summary, string Branch, IReadOnlyList<Measure> Measures, IReadOnlyList<Evidence> Evidence);

/// <summary>One number the detector compared with a limit.</summary>
/// <param name="Key">Stable name, such as <c>countryRows</c>.</param>
/// <param name="Label">What was counted, in words.</param>
/// <param name="Value">How many.</param>
/// <param name="IsAtLeast">True when counting stopped at the value: there may be more.</param>
/// <param name="Limit">What the value was compared with.</param>
/// <param name="LimitMeaning">What exceeding the limit means, such as "more than 5 rows make the country common".</param>
/// <param name="Unit">What one is, such as "rows" (connection-minutes).</param>
public sealed record Measure(string Key, string Label, long Value, bool IsAtLeast, long Limit, string LimitMeaning, string Unit)
{
    /// <summary>How far the value is from crossing the limit: limit minus value, negative once it is exceeded.</summary>
    public long Distance => Limit - Value;
}

/// <summary>A piece of evidence as data: what a detector describes and one view draws, whatever the detector.</summary>
/// <param name="Title">What it shows, for people.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EvidenceFacts), "facts")]
[JsonDerivedType(typeof(EvidenceGrid), "grid")]
[JsonDerivedType(typeof(EvidenceSeries), "series")]
public abstract record Evidence(string Title);

/// <summary>Values with their names.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Facts">In their order.</param>
public sealed record EvidenceFacts(string Title, IReadOnlyList<EvidenceFact> Facts) : Evidence(Title)
{
    /// <summary>Label of the fact that says how far back the records go: where it differs, evaluations of one window saw different records.</summary>
    public const string Oldest = "Records go back to";
}

/// <summary>A value with its name.</summary>
/// <param name="Label">Its name for people.</param>
/// <param name="Text">The value for people, unless it is an instant.</param>
/// <param name="InstantUtc">The value when it is an instant. UTC.</param>
public sealed record EvidenceFact(string Label, string? Text, DateTime? InstantUtc = null);

/// <summary>A table.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its cells, row by row, one a column: the value for people, or null for none.</param>
public sealed record EvidenceGrid(string Title, IReadOnlyList<EvidenceColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows) : Evidence(Title);

/// <summary>A column of a table.</summary>
/// <param name="Label">Its name for people.</param>
/// <param name="IsNumber">Whether its cells are numbers, and stand to the right.</param>
/// <param name="Entity">What its cells name, or null when they are no entities.</param>
public sealed record EvidenceColumn(string Label, bool IsNumber = false, EntityType? Entity = null);

/// <summary>Numbers over time.</summary>
/// <param name="Title">What they count.</param>
/// <param name="Unit">What one is.</param>
/// <param name="StartUtc">When the first step starts. UTC.</param>
/// <param name="Step">Length of a step.</param>
/// <param name="Values">One a step.</param>
/// <param name="Limit">A line to compare them with, or null.</param>
public sealed record EvidenceSeries(string Title, string Unit, DateTime StartUtc, TimeSpan Step, IReadOnlyList<long> Values, long? Limit) : Evidence(Title);
