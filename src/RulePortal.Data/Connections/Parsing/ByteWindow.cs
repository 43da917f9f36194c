using System.Buffers;

namespace RulePortal.Data.Connections.Parsing;

/// <summary>The part of a stream that is in memory: a rented buffer that slides over it.</summary>
internal sealed class ByteWindow(Stream stream, int capacity) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _start;
    private int _end;

    /// <summary>Place of the window's first byte in the stream.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the stream has nothing beyond the window.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether a fill could bring nothing, because the window takes all the buffer.</summary>
    public bool IsFull => _start is 0 && _end == _buffer.Length;

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    public ReadOnlySpan<byte> Slice(int offset, int length) => _buffer.AsSpan(_start + offset, length);

    public void Advance(int count)
    {
        _start += count;
        Position += count;
    }

    /// <summary>Slides to the window's start and reads until the buffer is full or the stream ends.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        while (_end < _buffer.Length && !IsLast)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            IsLast = read is 0;
            _end += read;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _start = 0;
            _end = 0;
        }
    }
}
