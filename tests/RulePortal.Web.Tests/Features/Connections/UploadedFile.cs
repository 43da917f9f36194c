using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using RulePortal.Web.Tests.Features.Rules;

namespace RulePortal.Web.Tests.Features.Connections;

/// <summary>A file in a browser whose second half a test holds back.</summary>
internal sealed class UploadedFile(string content, string name = "flows.ndjson") : IBrowserFile
{
    private readonly TaskCompletionSource rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

    public long Size { get; init; } = Encoding.UTF8.GetByteCount(content);

    public string ContentType => "application/octet-stream";

    public static UploadedFile Whole(string content, string name = "flows.ndjson")
    {
        var file = new UploadedFile(content, name);
        file.SendRest();
        return file;
    }

    public void SendRest() => rest.SetResult();

    public Stream OpenReadStream(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
        Size > maxAllowedSize ? throw new IOException("Too large.") : new Halved(Encoding.UTF8.GetBytes(content), rest.Task);

    private sealed class Halved(byte[] bytes, Task rest) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
            {
                await rest.WaitAsync(cancellationToken);
            }

            var half = Position == 0 ? (int)(Length + 1) / 2 : (int)Length;
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, half)], cancellationToken);
        }
    }
}
