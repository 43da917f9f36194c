using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Kit.Views;

/// <summary>Reads an <see cref="AlertsView"/> from a query string, gathering what is not understood instead of stopping at it.</summary>
internal sealed class AlertsViewReader
{
    private readonly QueryReader query;

    private AlertsViewReader(IQueryCollection query) => this.query = new QueryReader(query);

    /// <summary>The view, and every value that was left out of it for being no value.</summary>
    public static (AlertsView View, IReadOnlyList<QueryFault> Faults) Read(IQueryCollection query)
    {
        var reader = new AlertsViewReader(query);
        return (reader.Read(), reader.query.Faults);
    }

    /// <inheritdoc cref="Read(IQueryCollection)"/>
    public static (AlertsView View, IReadOnlyList<QueryFault> Faults) Read(Uri address) => Read(new QueryCollection(QueryHelpers.ParseQuery(address.Query)));

    private AlertsView Read() => new()
    {
        Tactics = query.Names<AttackTactic>("tactic"),
        Severities = query.Names<Severity>("severity"),
        Statuses = query.Names<AlertStatus>("status"),
        Rules = Rules(),
        Owner = query.Text("owner", 200),
        Since = query.Since(),
        FromUtc = query.Instant("from"),
        ToUtc = query.Instant("to"),
        Entity = Entity(),
        Text = query.Text("text", AlertFilter.MaxTextLength),
        Order = Order(),
        Page = query.Number("page", 1, 1, 1_000_000),
        Size = query.Number("size", AlertsView.DefaultSize, 1, 100),
    };

    private IReadOnlyList<Guid> Rules()
    {
        var rules = new List<Guid>();
        foreach (var text in query.Values("rule"))
        {
            if (Guid.TryParse(text, out var id))
            {
                rules.Add(id);
            }
            else
            {
                query.Fault("rule", $"'{text}' is not a rule's id.");
            }
        }

        return [.. rules.Distinct()];
    }

    private FindingEntity? Entity()
    {
        if (query.Single("entity") is not { } text)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon < text.Length - 1 && QueryReader.TryName<EntityType>(text[..colon], out var type))
        {
            return new FindingEntity(type, text[(colon + 1)..]);
        }

        query.Fault("entity", $"'{text}' is not an entity; write its type ({string.Join(", ", Enum.GetNames<EntityType>())}), a colon and its value, such as Country:Chad.");
        return null;
    }

    private AlertOrder Order()
    {
        if (query.Single("sort") is not { } text)
        {
            return AlertOrder.Queue;
        }

        if (!QueryReader.TryName<AlertSort>(text, out var by))
        {
            query.Fault("sort", $"'{text}' is none of {string.Join(", ", Enum.GetNames<AlertSort>())}.");
            return AlertOrder.Queue;
        }

        switch (query.Single("order"))
        {
            case null or "asc":
                return new AlertOrder(by, Descending: false);
            case "desc":
                return new AlertOrder(by, Descending: true);
            case var other:
                query.Fault("order", $"'{other}' is neither asc nor desc.");
                return new AlertOrder(by, Descending: false);
        }
    }
}
