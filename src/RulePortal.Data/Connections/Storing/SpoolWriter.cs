using RulePortal.Data.Connections.Columns;
using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Data.Connections.Storing;

/// <summary>Writes judged rows to a temporary file, compactly: a text in full the first time, by its number from then on.</summary>
internal sealed class SpoolWriter(FileStream file)
{
    /// <summary>Texts in the spool's dictionary before it starts again.</summary>
    public const int DictionaryCapacity = 65_536;

    private const int FlushAt = 128 * 1024;
    private const int MaxVarint = 10;

    private static int s_generation;

    private byte[] _buffer = new byte[FlushAt * 2];
    private int _length;
    private int _generation = NextGeneration();
    private int _terms;
    private long _lastTicks;

    public void WriteRow(RowBuilder row)
    {
        if (_terms + ConnectionColumns.TextColumns > DictionaryCapacity)
        {
            Ensure(1);
            _buffer[_length++] = (byte)SpoolRecord.Reset;
            _generation = NextGeneration();
            _terms = 0;
        }

        Ensure(64);
        _buffer[_length++] = (byte)SpoolRecord.Row;
        SpoolFlags flags = (row.DestinationPort is null ? SpoolFlags.None : SpoolFlags.DestinationPort)
            | (row.BytesSent is null ? SpoolFlags.None : SpoolFlags.BytesSent)
            | (row.BytesReceived is null ? SpoolFlags.None : SpoolFlags.BytesReceived)
            | (row.LinksEstablished is null ? SpoolFlags.None : SpoolFlags.LinksEstablished)
            | (row.Details.IsEmpty ? SpoolFlags.None : SpoolFlags.Details);
        _buffer[_length++] = (byte)flags;
        long ticks = row.TimeGenerated!.Value;
        Signed(ticks - _lastTicks);
        _lastTicks = ticks;
        foreach (Term term in row.Texts)
        {
            Text(term);
        }

        Ensure(5 * MaxVarint);
        Optional(row.DestinationPort);
        Optional(row.BytesSent);
        Optional(row.BytesReceived);
        Optional(row.LinksEstablished);
        if (!row.Details.IsEmpty)
        {
            Bytes(row.Details);
        }

        FlushWhenLong();
    }

    public void WriteRejected(long rowNumber, ReadOnlySpan<byte> faults, ReadOnlySpan<byte> raw)
    {
        Ensure(1 + MaxVarint);
        _buffer[_length++] = (byte)SpoolRecord.Rejected;
        Unsigned((ulong)rowNumber);
        Bytes(faults);
        Bytes(raw);
        FlushWhenLong();
    }

    public void Flush()
    {
        file.Write(_buffer, 0, _length);
        _length = 0;
    }

    private static int NextGeneration() => Interlocked.Increment(ref s_generation);

    private void Text(Term term)
    {
        Ensure(2 * MaxVarint);
        if (term.Generation == _generation)
        {
            Unsigned((ulong)term.Index);
            return;
        }

        term.Generation = _generation;
        term.Index = ++_terms;
        Unsigned(0);
        Bytes(term.Utf8);
    }

    private void Optional(long? value)
    {
        if (value is { } number)
        {
            Signed(number);
        }
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Ensure(MaxVarint + bytes.Length);
        Unsigned((ulong)bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    private void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    private void Ensure(int more)
    {
        if (_buffer.Length - _length < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
        }
    }

    private void FlushWhenLong()
    {
        if (_length >= FlushAt)
        {
            Flush();
        }
    }
}
