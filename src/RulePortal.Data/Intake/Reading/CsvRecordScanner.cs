namespace RulePortal.Data.Intake.Reading;

/// <summary>Finds the fields of one CSV record (RFC 4180) in bytes. Everything CSV gives a meaning is ASCII, so UTF-8 needs no decoding for it.</summary>
internal sealed class CsvRecordScanner
{
    private readonly List<CsvField> fields = [];

    public IReadOnlyList<CsvField> Fields => fields;

    /// <summary>Bytes of the record without its line end.</summary>
    public int Length { get; private set; }

    /// <summary>Whether a quote stands where none may: inside a field that does not begin with one, or after a closing one.</summary>
    public bool HasStrayQuote { get; private set; }

    /// <summary>Scans the record at the start of the bytes.</summary>
    /// <param name="bytes">The content from the record's first byte on.</param>
    /// <param name="isLast">Whether nothing comes after the bytes.</param>
    /// <returns>Bytes of the record with its line end; -1 when its end is not among the bytes.</returns>
    public int Scan(ReadOnlySpan<byte> bytes, bool isLast)
    {
        fields.Clear();
        HasStrayQuote = false;
        var place = 0;
        while (true)
        {
            var end = place < bytes.Length && bytes[place] is (byte)'"' ? Quoted(bytes, place, isLast) : Bare(bytes, place, isLast);
            if (end < 0)
            {
                return -1;
            }

            if (end == bytes.Length || bytes[end] is not (byte)',')
            {
                return EndAt(bytes, end, isLast);
            }

            place = end + 1;
        }
    }

    private int EndAt(ReadOnlySpan<byte> bytes, int end, bool isLast)
    {
        Length = end;
        if (end == bytes.Length)
        {
            return end;
        }

        if (bytes[end] is (byte)'\n')
        {
            return end + 1;
        }

        if (end + 1 == bytes.Length)
        {
            return isLast ? end + 1 : -1;
        }

        return bytes[end + 1] is (byte)'\n' ? end + 2 : end + 1;
    }

    private int Bare(ReadOnlySpan<byte> bytes, int start, bool isLast)
    {
        var end = Delimiter(bytes, start, isLast);
        if (end >= 0)
        {
            HasStrayQuote |= bytes[start..end].Contains((byte)'"');
            fields.Add(new CsvField(start, end - start, HasDoubledQuotes: false));
        }

        return end;
    }

    private int Quoted(ReadOnlySpan<byte> bytes, int start, bool isLast)
    {
        var doubled = false;
        var place = start + 1;
        while (true)
        {
            var quote = bytes[place..].IndexOf((byte)'"');
            if (quote < 0 || (place + quote + 1 == bytes.Length && !isLast))
            {
                return -1;
            }

            place += quote + 1;
            if (place == bytes.Length || bytes[place] is not (byte)'"')
            {
                break;
            }

            doubled = true;
            place++;
        }

        var end = Delimiter(bytes, place, isLast);
        HasStrayQuote |= end > place;
        fields.Add(new CsvField(start + 1, place - start - 2, doubled));
        return end;
    }

    private static int Delimiter(ReadOnlySpan<byte> bytes, int start, bool isLast)
    {
        var end = bytes[start..].IndexOfAny((byte)',', (byte)'\r', (byte)'\n');
        return end >= 0 ? start + end : isLast ? bytes.Length : -1;
    }
}

/// <summary>Where a field lies in its record, without its quotes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="HasDoubledQuotes">Whether quotes in it are written twice.</param>
internal readonly record struct CsvField(int Start, int Length, bool HasDoubledQuotes);
