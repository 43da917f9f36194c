using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Alerts somebody has chosen in a list, each in the version last shown.</summary>
public sealed class AlertSelection
{
    private readonly Dictionary<long, AlertReference> chosen = [];

    public int Count => chosen.Count;

    public bool IsFull => chosen.Count >= AlertTriage.MaxAlerts;

    public IReadOnlyList<AlertReference> References => [.. chosen.Values];

    public bool Contains(long id) => chosen.ContainsKey(id);

    public void Set(AlertReference alert, bool isChosen)
    {
        if (!isChosen)
        {
            chosen.Remove(alert.Id);
        }
        else if (!IsFull)
        {
            chosen[alert.Id] = alert;
        }
    }

    public void Select(IEnumerable<AlertReference> alerts)
    {
        foreach (var alert in alerts)
        {
            Set(alert, isChosen: true);
        }
    }

    /// <summary>Takes over the versions now shown; what is not shown stays as it was seen.</summary>
    public void Refresh(IEnumerable<AlertItem> shown)
    {
        foreach (var alert in shown.Where(alert => chosen.ContainsKey(alert.Id)))
        {
            chosen[alert.Id] = alert.Reference;
        }
    }

    public void Clear() => chosen.Clear();
}
