using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Data.Connections;

/// <summary>Ids and texts of the dictionary that are known to be committed. Bounded: when full it starts again. Terms are never removed from the store.</summary>
public sealed class TermCache
{
    private const int Capacity = 200_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], int> _ids = new(Utf8Comparer.Instance);
    private readonly Dictionary<int, string> _texts = [];

    internal bool TryGetId(byte[] utf8, out int id)
    {
        lock (_lock)
        {
            return _ids.TryGetValue(utf8, out id);
        }
    }

    internal bool TryGetText(int id, out string text)
    {
        lock (_lock)
        {
            return _texts.TryGetValue(id, out text!);
        }
    }

    internal void Add(IEnumerable<KeyValuePair<byte[], int>> committed)
    {
        lock (_lock)
        {
            foreach ((byte[] utf8, int id) in committed)
            {
                if (_ids.Count >= Capacity)
                {
                    _ids.Clear();
                }

                _ids[utf8] = id;
            }
        }
    }

    internal void AddText(int id, string text)
    {
        lock (_lock)
        {
            if (_texts.Count >= Capacity)
            {
                _texts.Clear();
            }

            _texts[id] = text;
        }
    }
}
