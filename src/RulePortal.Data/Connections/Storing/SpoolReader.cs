using System.Text;
using RulePortal.Data.Connections.Columns;

namespace RulePortal.Data.Connections.Storing;

/// <summary>Reads a spool back, record by record.</summary>
internal sealed class SpoolReader
{
    private readonly FileStream _file;
    private readonly int[] _texts = new int[ConnectionColumns.TextColumns];
    private readonly List<byte[]> _dictionary = [[]];
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private long _ticks;
    private int _detailsStart;
    private int _detailsLength;

    public SpoolReader(FileStream file)
    {
        _file = file;
        _file.Position = 0;
    }

    public long TimeGenerated => _ticks;

    /// <summary>The row's texts by their number in the dictionary, from 1, in the order of <see cref="StoredColumn"/>.</summary>
    public ReadOnlySpan<int> Texts => _texts;

    /// <summary>Rises when the dictionary starts again: numbers of an older one mean nothing then.</summary>
    public int Generation { get; private set; }

    public int? DestinationPort { get; private set; }

    public long? BytesSent { get; private set; }

    public long? BytesReceived { get; private set; }

    public long? LinksEstablished { get; private set; }

    /// <summary>UTF-8 of the Details object, empty when there is none.</summary>
    public ReadOnlySpan<byte> Details => _buffer.AsSpan(_detailsStart, _detailsLength);

    public long RejectedRow { get; private set; }

    public string RejectedFaults { get; private set; } = "";

    public string RejectedRaw { get; private set; } = "";

    /// <summary>The UTF-8 of a text by its number.</summary>
    public byte[] Utf8(int number) => _dictionary[number];

    /// <summary>Moves to the next row or rejected row.</summary>
    /// <returns>Null at the end.</returns>
    public SpoolRecord? Read()
    {
        while (Fill(1))
        {
            var kind = (SpoolRecord)_buffer[_start++];
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
                    _dictionary.RemoveRange(1, _dictionary.Count - 1);
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
        Fill(64);
        var flags = (SpoolFlags)_buffer[_start++];
        _ticks += Signed();
        for (int i = 0; i < _texts.Length; i++)
        {
            int number = (int)Unsigned();
            if (number is 0)
            {
                (int start, int length) = ReadBytes();
                _dictionary.Add(_buffer.AsSpan(start, length).ToArray());
                number = _dictionary.Count - 1;
            }

            _texts[i] = number;
        }

        DestinationPort = flags.HasFlag(SpoolFlags.DestinationPort) ? (int)Signed() : null;
        BytesSent = flags.HasFlag(SpoolFlags.BytesSent) ? Signed() : null;
        BytesReceived = flags.HasFlag(SpoolFlags.BytesReceived) ? Signed() : null;
        LinksEstablished = flags.HasFlag(SpoolFlags.LinksEstablished) ? Signed() : null;
        (_detailsStart, _detailsLength) = flags.HasFlag(SpoolFlags.Details) ? ReadBytes() : (0, 0);
    }

    private string ReadString()
    {
        (int start, int length) = ReadBytes();
        return Encoding.UTF8.GetString(_buffer, start, length);
    }

    private (int Start, int Length) ReadBytes()
    {
        int length = (int)Unsigned();
        Fill(length);
        int start = _start;
        _start += length;
        return (start, length);
    }

    private long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Unsigned()
    {
        Fill(10);
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = _buffer[_start++];
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
        if (_end - _start >= count)
        {
            return true;
        }

        if (_buffer.Length < count)
        {
            Array.Resize(ref _buffer, count);
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read;
        while (_end < _buffer.Length && (read = _file.Read(_buffer, _end, _buffer.Length - _end)) > 0)
        {
            _end += read;
        }

        return _end > 0;
    }
}
