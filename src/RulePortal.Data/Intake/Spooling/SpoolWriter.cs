using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Intake.Spooling;

/// <summary>Writes judged rows to a temporary file, compactly: a text in full the first time, by its number from then on.</summary>
internal sealed class SpoolWriter(FileStream file)
{
    /// <summary>Texts in the spool's dictionary before it starts again.</summary>
    public const int DictionaryCapacity = 65_536;

    private const int FlushAt = 128 * 1024;
    private const int MaxVarint = 10;

    private static int generations;

    private byte[] buffer = new byte[FlushAt * 2];
    private int length;
    private int generation = NextGeneration();
    private int terms;
    private long lastTicks;

    public void WriteRow(RowBuilder row)
    {
        if (terms + StoredColumns.Texts.Count > DictionaryCapacity)
        {
            Ensure(1);
            buffer[length++] = (byte)SpoolRecord.Reset;
            generation = NextGeneration();
            terms = 0;
        }

        Ensure(1 + SpoolReader.FlagBytes + MaxVarint);
        buffer[length++] = (byte)SpoolRecord.Row;
        Flags(row);
        var ticks = row.TimeGenerated!.Value;
        Signed(ticks - lastTicks);
        lastTicks = ticks;
        foreach (var term in row.Texts)
        {
            Text(term);
        }

        Ensure(row.Numbers.Length * MaxVarint);
        foreach (var number in row.Numbers)
        {
            if (number is { } value)
            {
                Signed(value);
            }
        }

        if (!row.Details.IsEmpty)
        {
            Bytes(row.Details);
        }

        FlushWhenLong();
    }

    public void WriteRejected(long rowNumber, ReadOnlySpan<byte> faults, ReadOnlySpan<byte> raw)
    {
        Ensure(1 + MaxVarint);
        buffer[length++] = (byte)SpoolRecord.Rejected;
        Unsigned((ulong)rowNumber);
        Bytes(faults);
        Bytes(raw);
        FlushWhenLong();
    }

    public void Flush()
    {
        file.Write(buffer, 0, length);
        length = 0;
    }

    private static int NextGeneration() => Interlocked.Increment(ref generations);

    private void Flags(RowBuilder row)
    {
        var flags = buffer.AsSpan(length, SpoolReader.FlagBytes);
        flags.Clear();
        flags[0] = row.Details.IsEmpty ? (byte)0 : (byte)1;
        for (var slot = 0; slot < row.Numbers.Length; slot++)
        {
            if (row.Numbers[slot] is not null)
            {
                flags[(slot + 1) / 8] |= (byte)(1 << ((slot + 1) % 8));
            }
        }

        length += SpoolReader.FlagBytes;
    }

    private void Text(Term term)
    {
        Ensure(2 * MaxVarint);
        if (term.Generation == generation)
        {
            Unsigned((ulong)term.Index);
            return;
        }

        term.Generation = generation;
        term.Index = ++terms;
        Unsigned(0);
        Bytes(term.Utf8);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Ensure(MaxVarint + bytes.Length);
        Unsigned((ulong)bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    private void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            buffer[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[length++] = (byte)value;
    }

    private void Ensure(int more)
    {
        if (buffer.Length - length < more)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
        }
    }

    private void FlushWhenLong()
    {
        if (length >= FlushAt)
        {
            Flush();
        }
    }
}
