
namespace RulePortal.Data.Connections;

/// <summary>Ids and texts of the dictionary that are known to be committed. Bounded: when full it starts again. Terms are never removed from the store.</summary>
public sealed class TermCache
{
    private const int Capacity = 200_000;

    private readonly Lock gate = new();
    private readonly Dictionary<byte[], int> ids = new(Utf8Comparer.Instance);
    private readonly Dictionary<int, string> texts = [];

    internal bool TryGetId(byte[] utf8, out int id)
    {
        lock (gate)
        {
            return ids.TryGetValue(utf8, out id);
        }
    }

    internal bool TryGetText(int id, out string text)
    {
        lock (gate)
        {
            return texts.TryGetValue(id, out text!);
        }
    }

    internal void Add(IEnumerable<KeyValuePair<byte[], int>> committed)
    {
        lock (gate)
        {
            foreach (var (utf8, id) in committed)
            {
                if (ids.Count >= Capacity)
                {
                    ids.Clear();
                }

                ids[utf8] = id;
            }
        }
    }

    internal void AddText(int id, string text)
    {
        lock (gate)
        {
            if (texts.Count >= Capacity)
            {
                texts.Clear();
            }

            texts[id] = text;
        }
    }
}
