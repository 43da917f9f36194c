using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Features.Rules.Testing;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>"Test with current data": what the form would find, before it is saved.</summary>
public sealed partial class TestPanel : IDisposable
{
    private static readonly string[] InstantFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    private readonly CancellationTokenSource closed = new();
    private string? instant;
    private string? instantFault;
    private string? problem;
    private bool running;
    private RuleTest? test;
    private RuleReading? tested;

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<TestPanel> Logger { get; set; }

    [Inject]
    private RuleTester Tester { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public required RuleEditor Editor { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private async Task TestAsync()
    {
        test = null;
        problem = null;
        if (ReadInstant() is not { } asOfUtc)
        {
            return;
        }

        tested = Editor.Reading;
        if (!tested.IsReadable || tested.Bound is not { } bound)
        {
            problem = "The form has fields that cannot be read; put them right first.";
            return;
        }

        running = true;
        try
        {
            test = await Tester.TestAsync(bound, Editor.Saved.Id, asOfUtc, closed.Token);
            problem = test is not null ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"The test was stopped after {RuleTester.TimeLimit.TotalSeconds:N0} seconds. Lower thresholds or shorter lookbacks need less time.");
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problem = "The test failed. What you typed is still in the form; the portal's log has the details.";
            Log.TestFailed(Logger, Editor.Saved.Id, e);
        }
        finally
        {
            running = false;
        }
    }

    private DateTime? ReadInstant()
    {
        instantFault = null;
        if (string.IsNullOrWhiteSpace(instant))
        {
            return Time.GetUtcNow().UtcDateTime;
        }

        if (DateTime.TryParseExact(instant.Trim(), InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read))
        {
            return read;
        }

        instantFault = "This is no instant; write it such as 2026-01-31 00:00, in UTC.";
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Testing the rule {Rule} failed.")]
        public static partial void TestFailed(ILogger logger, Guid rule, Exception exception);
    }
}
