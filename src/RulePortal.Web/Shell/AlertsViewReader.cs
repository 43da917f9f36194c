using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Api;

namespace RulePortal.Web.Shell;

/// <summary>Reads an <see cref="AlertsView"/> from a query string, gathering what is not understood instead of stopping at it.</summary>
internal sealed class AlertsViewReader
{
    private static readonly TimeSpan LongestSince = TimeSpan.FromDays(3650);

    private readonly IQueryCollection query;
    private readonly List<QueryFault> faults = [];

    private AlertsViewReader(IQueryCollection query) => this.query = query;

    /// <summary>The view, and every value that was left out of it for being no value.</summary>
    public static (AlertsView View, IReadOnlyList<QueryFault> Faults) Read(IQueryCollection query)
    {
        var reader = new AlertsViewReader(query);
        return (reader.Read(), reader.faults);
    }

    /// <inheritdoc cref="Read(IQueryCollection)"/>
    public static (AlertsView View, IReadOnlyList<QueryFault> Faults) Read(Uri address) => Read(new QueryCollection(QueryHelpers.ParseQuery(address.Query)));

    private AlertsView Read() => new()
    {
        Tactics = Names<AttackTactic>("tactic"),
        Severities = Names<Severity>("severity"),
        Statuses = Names<AlertStatus>("status"),
        Rules = Rules(),
        Owner = Text("owner", 200),
        Since = Since(),
        FromUtc = Instant("from"),
        ToUtc = Instant("to"),
        Entity = Entity(),
        Text = Text("text", AlertFilter.MaxTextLength),
        Order = Order(),
        Page = Number("page", 1, 1, 1_000_000),
        Size = Number("size", AlertsView.DefaultSize, 1, 100),
    };

    private IReadOnlyList<T> Names<T>(string key)
        where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var text in Values(key))
        {
            if (TryName<T>(text, out var value))
            {
                values.Add(value);
            }
            else
            {
                Fault(key, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>())}.");
            }
        }

        return [.. values.Distinct().Order()];
    }

    private IReadOnlyList<Guid> Rules()
    {
        var rules = new List<Guid>();
        foreach (var text in Values("rule"))
        {
            if (Guid.TryParse(text, out var id))
            {
                rules.Add(id);
            }
            else
            {
                Fault("rule", $"'{text}' is not a rule's id.");
            }
        }

        return [.. rules.Distinct()];
    }

    private TimeSpan? Since()
    {
        if (Single("since") is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var since, out var error) && since > TimeSpan.Zero && since <= LongestSince)
        {
            return since;
        }

        Fault("since", error ?? $"The duration must be more than 0 and at most {LongestSince.TotalDays:0} d.");
        return null;
    }

    private DateTime? Instant(string key)
    {
        if (Single(key) is not { } text)
        {
            return null;
        }

        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        Fault(key, $"'{text}' is not an instant; write one such as 2026-03-10T12:00:00Z.");
        return null;
    }

    private FindingEntity? Entity()
    {
        if (Single("entity") is not { } text)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon < text.Length - 1 && TryName<EntityType>(text[..colon], out var type))
        {
            return new FindingEntity(type, text[(colon + 1)..]);
        }

        Fault("entity", $"'{text}' is not an entity; write its type ({string.Join(", ", Enum.GetNames<EntityType>())}), a colon and its value, such as Country:Chad.");
        return null;
    }

    private string? Text(string key, int longest)
    {
        var text = Single(key)?.Trim();
        if (text?.Length > longest)
        {
            Fault(key, $"At most {longest} characters; these are {text.Length}.");
            return null;
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    private AlertOrder Order()
    {
        if (Single("sort") is not { } text)
        {
            return AlertOrder.Queue;
        }

        if (!TryName<AlertSort>(text, out var by))
        {
            Fault("sort", $"'{text}' is none of {string.Join(", ", Enum.GetNames<AlertSort>())}.");
            return AlertOrder.Queue;
        }

        switch (Single("order"))
        {
            case null or "asc":
                return new AlertOrder(by, Descending: false);
            case "desc":
                return new AlertOrder(by, Descending: true);
            case var other:
                Fault("order", $"'{other}' is neither asc nor desc.");
                return new AlertOrder(by, Descending: false);
        }
    }

    private int Number(string key, int otherwise, int least, int most)
    {
        if (Single(key) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(key, $"'{text}' is not a number from {least} to {most}.");
        return otherwise;
    }

    // Enum.TryParse takes numbers too, and several names at once.
    private static bool TryName<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value) && text.All(char.IsAsciiLetter);

    private string? Single(string key)
    {
        var values = Values(key).ToList();
        if (values.Count > 1)
        {
            Fault(key, "It can be given once only.");
        }

        return values.FirstOrDefault();
    }

    private IEnumerable<string> Values(string key) => query[key].OfType<string>().Where(text => text.Length > 0);

    private void Fault(string parameter, string message) => faults.Add(new QueryFault(parameter, message));
}
