using System.Text;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;
using RulePortal.Data.Intake.Reading;
using RulePortal.Data.Intake.Spooling;

namespace RulePortal.Data.Tests.Connections;

/// <summary>What came out of content: rows as text, and bad rows.</summary>
internal sealed record Parsed(IReadOnlyList<string> Rows, IReadOnlyList<BadRow> BadRows, int BadRowCount, ContentFormat Format)
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    public static Task<Parsed> OfAsync(string content, ContentFormat? format = null) => OfAsync(Encoding.UTF8.GetBytes(content), format);

    public static async Task<Parsed> OfAsync(byte[] content, ContentFormat? format = null, long? maxBytes = null)
    {
        using var reader = await ContentReader.OpenAsync(
            new DrippingStream(content), new ContentOptions { Format = format, MaxBytes = maxBytes }, new FakeTimeProvider(Now), default);
        using var batch = await reader.ReadBatchAsync(ConnectionRowId.MaxRowsPerBatch, default);
        await reader.DemandEndAsync(default);
        return new Parsed([.. Read(batch)], batch.FirstBadRows, batch.BadRows, reader.Format);
    }

    /// <summary>The only fault of the only bad row.</summary>
    public RowFault Fault => Assert.Single(Assert.Single(BadRows).Faults);

    private static IEnumerable<string> Read(SpooledBatch batch)
    {
        var spool = batch.OpenReader();
        while (spool.Read() is { } record)
        {
            if (record is SpoolRecord.Row)
            {
                yield return Describe(spool);
            }
        }
    }

    private static string Describe(SpoolReader spool)
    {
        var parts = new List<string> { new DateTime(spool.TimeGenerated, DateTimeKind.Utc).ToString("O") };
        foreach (var (slot, column) in StoredColumns.Texts.Index())
        {
            var text = Encoding.UTF8.GetString(spool.Utf8(spool.Texts[slot]));
            if (text.Length > 0)
            {
                parts.Add($"{column.Name}={text}");
            }
        }

        foreach (var (slot, column) in StoredColumns.Numbers.Index())
        {
            if (spool.Numbers[slot] is { } value)
            {
                parts.Add($"{column.Name}={value}");
            }
        }

        if (!spool.Details.IsEmpty)
        {
            parts.Add(Encoding.UTF8.GetString(spool.Details));
        }

        return string.Join(' ', parts);
    }

    /// <summary>Gives its bytes in small and odd portions, as a network does.</summary>
    private sealed class DrippingStream(byte[] content) : MemoryStream(content, writable: false)
    {
        private int turn;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + (turn++ % 1000 * 7)));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var portion = new byte[buffer.Length];
            var read = Read(portion, 0, portion.Length);
            portion.AsSpan(0, read).CopyTo(buffer.Span);
            return ValueTask.FromResult(read);
        }
    }
}
