using System.Text;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>The texts met so far, so that a repeated one costs a lookup and no allocation. Bounded: when full it starts again.</summary>
internal sealed class TermTable
{
    private const int Capacity = 100_000;

    private readonly Dictionary<byte[], Term> texts = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Term> addresses = new(Utf8Comparer.Instance);

    public Term Empty { get; } = new("", []);

    /// <summary>The term of a text; null when the bytes are not UTF-8.</summary>
    public Term? Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
        {
            return Empty;
        }

        var lookup = texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(utf8, out var term))
        {
            return term;
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return null;
        }

        var bytes = utf8.ToArray();
        return Keep(texts, bytes, new Term(Encoding.UTF8.GetString(bytes), bytes));
    }

    /// <summary>The term of an address in its canonical spelling; null when the bytes are no address.</summary>
    public Term? Address(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
        {
            return Empty;
        }

        var lookup = addresses.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(utf8, out var term))
        {
            return term;
        }

        return AddressText.TryCanonicalise(utf8, out var canonical)
            ? Keep(addresses, utf8.ToArray(), Text(Encoding.UTF8.GetBytes(canonical))!)
            : null;
    }

    private static Term Keep(Dictionary<byte[], Term> table, byte[] key, Term term)
    {
        if (table.Count >= Capacity)
        {
            table.Clear();
        }

        table.Add(key, term);
        return term;
    }
}

/// <summary>A text met while reading, kept once. The last two members say where the batch at hand has it.</summary>
internal sealed class Term(string text, byte[] utf8)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = utf8;

    public int Generation { get; set; }

    public int Index { get; set; }
}
