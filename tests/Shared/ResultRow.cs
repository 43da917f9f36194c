using System.Globalization;
using System.Text.Json;
using RulePortal.Detection.Detectors;

namespace RulePortal.TestSupport;

/// <summary>A result row as comparable text: the five columns that innerunique may choose, and the thirteen that are exact.</summary>
internal sealed record ResultRow(string Country, string Left, string Right)
{
    private const int LeftColumns = 5;

    public static IReadOnlyList<string> ColumnNames { get; } =
    [
        "ProcessName", "SourceIp", "DestinationIp", "RemoteCountry", "count_",
        "Computer", "Direction", "ProcessName1", "SourceIp1", "DestinationIp1", "DestinationPort", "Protocol", "RemoteCountry1",
        "MaliciousIp",
        "min_TimeGenerated", "max_TimeGenerated", "sum_BytesSent", "sum_BytesReceived",
    ];

    public static ResultRow Of(Finding finding) => Of(TextsOf(finding));

    /// <summary>Takes eighteen values in column order.</summary>
    public static ResultRow Of(IReadOnlyList<object?> values) =>
        Of([.. ColumnNames.Zip(values, (name, value) => KeyValuePair.Create(name, Text(value)))]);

    /// <summary>Reads a JSON object with the query's columns; an <c>explanation</c> beside them is left alone.</summary>
    public static ResultRow Of(JsonElement row) =>
        Of(
            [
                .. row.EnumerateObject()
                    .Where(column => column.Name != "explanation")
                    .Select(column => KeyValuePair.Create(column.Name, Text(column.Name, column.Value))),
            ]);

    /// <summary>Reads a row of the engine, which says null for a sum of nothing but nulls where Kusto documents 0.</summary>
    public static ResultRow OfEngine(JsonElement row) => Of(TextsOfEngine(row));

    /// <summary>The columns of a finding, whatever its query, in their order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> TextsOf(Finding finding) =>
        [.. finding.Columns.Select(column => KeyValuePair.Create(column.Name, Text(column.Value)))];

    /// <summary>The columns of a row of the engine, whatever its query, in their order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> TextsOfEngine(JsonElement row) =>
    [
        .. row.EnumerateObject().Select(column => KeyValuePair.Create(
            column.Name,
            column.Value.ValueKind == JsonValueKind.Null && column.Name.StartsWith("sum_", StringComparison.Ordinal)
                ? Text(0L)
                : Text(column.Name, column.Value))),
    ];

    public static string LeftOf(JsonElement candidate) =>
        Join(candidate.EnumerateObject().Select(column => Text(column.Name, column.Value)));

    private static ResultRow Of(IReadOnlyList<KeyValuePair<string, string>> columns)
    {
        Assert.Equal(ColumnNames, columns.Select(column => column.Key));
        var values = columns.Select(column => column.Value).ToList();
        return new ResultRow(values[3], Join(values.Take(LeftColumns)), Join(values.Skip(LeftColumns)));
    }

    private static string Join(IEnumerable<string> values) => string.Join(" | ", values);

    private static string Text(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Text(null),
        JsonValueKind.Number => Text(value.GetInt64()),
        _ when name.EndsWith("TimeGenerated", StringComparison.Ordinal) || name is "StartTimeUtc" or "EndTimeUtc" or "timestamp" =>
            Text(value.GetDateTime()),
        _ => Text(value.GetString()),
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        DateTime instant => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
