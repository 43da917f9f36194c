using System.Buffers;

namespace RulePortal.Data.Intake.Reading;

/// <summary>The part of a stream that is in memory: a rented buffer that slides over it.</summary>
internal sealed class ByteWindow(Stream stream, int capacity) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int start;
    private int end;

    /// <summary>Place of the window's first byte in the stream.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the stream has nothing beyond the window.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether a fill could bring nothing, because the window takes all the buffer.</summary>
    public bool IsFull => start == 0 && end == buffer.Length;

    public ReadOnlySpan<byte> Span => buffer.AsSpan(start, end - start);

    public ReadOnlySpan<byte> Slice(int offset, int length) => buffer.AsSpan(start + offset, length);

    public void Advance(int count)
    {
        start += count;
        Position += count;
    }

    /// <summary>Slides to the window's start and reads until the buffer is full or the stream ends.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        while (end < buffer.Length && !IsLast)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            IsLast = read == 0;
            end += read;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            start = 0;
            end = 0;
        }
    }
}
