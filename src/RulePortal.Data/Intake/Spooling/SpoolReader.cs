using System.Text;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Intake.Spooling;

/// <summary>Reads a spool back, record by record.</summary>
internal sealed class SpoolReader
{
    /// <summary>Bytes of a row that tell which of its values it has: a bit for its details, then one for each number.</summary>
    public static readonly int FlagBytes = (1 + StoredColumns.Numbers.Count + 7) / 8;

    private readonly FileStream file;
    private readonly int[] texts = new int[StoredColumns.Texts.Count];
    private readonly long?[] numbers = new long?[StoredColumns.Numbers.Count];
    private readonly byte[] flagBits = new byte[FlagBytes];
    private readonly List<byte[]> dictionary = [[]];
    private byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;
    private long ticks;
    private int detailsStart;
    private int detailsLength;

    public SpoolReader(FileStream spool)
    {
        file = spool;
        file.Position = 0;
    }

    public long TimeGenerated => ticks;

    /// <summary>The row's texts by their number in the dictionary, from 1, in the slots of <see cref="StoredColumns"/>.</summary>
    public ReadOnlySpan<int> Texts => texts;

    /// <summary>Rises when the dictionary starts again: numbers of an older one mean nothing then.</summary>
    public int Generation { get; private set; }

    /// <summary>The row's numbers in the slots of <see cref="StoredColumns"/>; of a real one its bits.</summary>
    public ReadOnlySpan<long?> Numbers => numbers;

    /// <summary>UTF-8 of the Details object, empty when there is none.</summary>
    public ReadOnlySpan<byte> Details => buffer.AsSpan(detailsStart, detailsLength);

    public long RejectedRow { get; private set; }

    public string RejectedFaults { get; private set; } = "";

    public string RejectedRaw { get; private set; } = "";

    /// <summary>The UTF-8 of a text by its number.</summary>
    public byte[] Utf8(int number) => dictionary[number];

    /// <summary>Moves to the next row or rejected row.</summary>
    /// <returns>Null at the end.</returns>
    public SpoolRecord? Read()
    {
        while (Fill(1))
        {
            var kind = (SpoolRecord)buffer[start++];
            switch (kind)
            {
                case SpoolRecord.Row:
                    ReadRow();
                    return kind;
                case SpoolRecord.Rejected:
                    RejectedRow = (long)Unsigned();
                    RejectedFaults = ReadString();
                    RejectedRaw = ReadString();
                    return kind;
                case SpoolRecord.Reset:
                    dictionary.RemoveRange(1, dictionary.Count - 1);
                    Generation++;
                    break;
                default:
                    throw new InvalidOperationException($"The spool holds an unknown record {kind}.");
            }
        }

        return null;
    }

    private void ReadRow()
    {
        Fill(FlagBytes);
        var flags = flagBits.AsSpan();
        buffer.AsSpan(start, FlagBytes).CopyTo(flags);
        start += FlagBytes;
        ticks += Signed();
        for (var i = 0; i < texts.Length; i++)
        {
            var number = (int)Unsigned();
            if (number == 0)
            {
                var (first, length) = ReadBytes();
                dictionary.Add(buffer.AsSpan(first, length).ToArray());
                number = dictionary.Count - 1;
            }

            texts[i] = number;
        }

        for (var slot = 0; slot < numbers.Length; slot++)
        {
            numbers[slot] = (flags[(slot + 1) / 8] & (1 << ((slot + 1) % 8))) != 0 ? Signed() : null;
        }

        (detailsStart, detailsLength) = (flags[0] & 1) != 0 ? ReadBytes() : (0, 0);
    }

    private string ReadString()
    {
        var (first, length) = ReadBytes();
        return Encoding.UTF8.GetString(buffer, first, length);
    }

    private (int Start, int Length) ReadBytes()
    {
        var length = (int)Unsigned();
        Fill(length);
        var first = start;
        start += length;
        return (first, length);
    }

    private long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Unsigned()
    {
        Fill(10);
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = buffer[start++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>Makes a number of bytes available, or as many as there are; false when there is none.</summary>
    private bool Fill(int count)
    {
        if (end - start >= count)
        {
            return true;
        }

        if (buffer.Length < count)
        {
            Array.Resize(ref buffer, count);
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int read;
        while (end < buffer.Length && (read = file.Read(buffer, end, buffer.Length - end)) > 0)
        {
            end += read;
        }

        return end > 0;
    }
}

/// <summary>What a record of the spool is.</summary>
internal enum SpoolRecord : byte
{
    /// <summary>A row to store.</summary>
    Row = 1,

    /// <summary>A row that was refused.</summary>
    Rejected = 2,

    /// <summary>The dictionary starts again, so that neither side's grows without end.</summary>
    Reset = 3,
}
