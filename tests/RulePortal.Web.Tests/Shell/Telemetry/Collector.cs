using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RulePortal.Web.Tests.Shell.Telemetry;

/// <summary>Takes OTLP over HTTP on loopback and keeps what came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication server;

    private Collector(WebApplication server) => this.server = server;

    public string Address => server.Urls.Single();

    public ConcurrentQueue<(string Path, string Key, byte[] Body)> Received { get; } = new();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var collector = new Collector(built);
        built.Urls.Add("http://127.0.0.1:0");
        built.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.Received.Enqueue((request.Path, request.Headers["x-key"].ToString(), body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await built.StartAsync();
        return collector;
    }

    /// <summary>Whether a text stands in what came of a signal.</summary>
    public bool Has(string signal, string text) => Received.Any(sent => sent.Path == $"/v1/{signal}" && sent.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
