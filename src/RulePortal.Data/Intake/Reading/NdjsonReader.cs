using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Intake.Reading;

/// <summary>One JSON object a line. Blank lines are counted and skipped.</summary>
internal sealed class NdjsonReader(Stream content) : RecordReader
{
    private const int KeptOfTooLong = 32 * 1024;

    private readonly ByteWindow window = new(content, RecordLimits.MaxRecordBytes + 1);
    private readonly JsonRowParser parser = new();
    private byte[]? tooLong;
    private int length;
    private int lineLength;

    public override ReadOnlySpan<byte> Raw => tooLong is null ? window.Slice(0, length) : tooLong;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        tooLong = null;
        do
        {
            window.Advance(lineLength);
            lineLength = 0;
            int newLine;
            while ((newLine = window.Span.IndexOf((byte)'\n')) < 0 && !window.IsLast && !window.IsFull)
            {
                await window.FillAsync(cancellationToken);
            }

            if (newLine < 0 && window.Span.Length == 0)
            {
                return false;
            }

            Row++;
            if (newLine < 0 && !window.IsLast)
            {
                await SkipLineAsync(cancellationToken);
                return true;
            }

            length = newLine < 0 ? window.Span.Length : newLine;
            lineLength = newLine < 0 ? length : newLine + 1;
        }
        while (!Raw.ContainsAnyExcept(" \t\r"u8));

        length = Raw[^1] is (byte)'\r' ? length - 1 : length;
        return true;
    }

    public override void Parse(RowBuilder row)
    {
        if (tooLong is null)
        {
            parser.Parse(Raw, row);
        }
        else
        {
            row.Fault(RowFaults.TooLong);
        }
    }

    public override void Dispose() => window.Dispose();

    private async ValueTask SkipLineAsync(CancellationToken cancellationToken)
    {
        tooLong = window.Span[..KeptOfTooLong].ToArray();
        int newLine;
        while ((newLine = window.Span.IndexOf((byte)'\n')) < 0)
        {
            window.Advance(window.Span.Length);
            if (window.IsLast)
            {
                return;
            }

            await window.FillAsync(cancellationToken);
        }

        lineLength = newLine + 1;
    }
}
