using System.Text;

namespace RulePortal.Data.Connections.Parsing;

/// <summary>The texts met so far, so that a repeated one costs a lookup and no allocation. Bounded: when full it starts again.</summary>
internal sealed class TermTable
{
    private const int Capacity = 100_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<byte[], Term> _texts = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Term> _addresses = new(Utf8Comparer.Instance);

    public Term Empty { get; } = new("", []);

    /// <summary>The term of a text; null when the bytes are not UTF-8.</summary>
    public Term? Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0)
        {
            return Empty;
        }

        Dictionary<byte[], Term>.AlternateLookup<ReadOnlySpan<byte>> lookup = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(utf8, out Term? term))
        {
            return term;
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return null;
        }

        byte[] bytes = utf8.ToArray();
        return Keep(_texts, bytes, new Term(Encoding.UTF8.GetString(bytes), bytes));
    }

    /// <summary>The term of an address in its canonical spelling; null when the bytes are no address.</summary>
    public Term? Address(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0)
        {
            return Empty;
        }

        Dictionary<byte[], Term>.AlternateLookup<ReadOnlySpan<byte>> lookup = _addresses.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(utf8, out Term? term))
        {
            return term;
        }

        return AddressText.TryCanonicalise(utf8, out string canonical)
            ? Keep(_addresses, utf8.ToArray(), Text(Encoding.UTF8.GetBytes(canonical))!)
            : null;
    }

    /// <summary>A text's UTF-8, or null when it holds half a surrogate pair.</summary>
    public static byte[]? TryEncode(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
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
