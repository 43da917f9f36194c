using System.Globalization;
using System.Text.Json;
using Microsoft.JSInterop;

namespace RulePortal.Web.Kit.Drafts;

/// <summary>Drafts of forms, in the browser's tab: they outlive the circuit and this process, and are nobody else's. Losing one must never take the form with it.</summary>
public sealed partial class DraftBox(IJSRuntime js, IDraftOwner owner, TimeProvider time, ILogger<DraftBox> logger)
{
    /// <summary>Keeps what is typed now.</summary>
    public Task KeepAsync<T>(string key, T content) => TryAsync(async () =>
        await js.InvokeVoidAsync("portal.drafts.keep", await owner.GetOwnerAsync(), key, time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture), JsonSerializer.Serialize(content)));

    /// <summary>What this person typed and did not save, or null.</summary>
    public async Task<Draft<T>?> FindAsync<T>(string key)
        where T : class
    {
        Draft<T>? draft = null;
        await TryAsync(async () =>
        {
            // Bytes from a browser: whatever cannot be read is no draft.
            if (await js.InvokeAsync<Kept?>("portal.drafts.find", await owner.GetOwnerAsync(), key) is { } kept && JsonSerializer.Deserialize<T>(kept.Text) is { } content)
            {
                draft = new(content, kept.At.ToUniversalTime());
            }
        });
        return draft;
    }

    /// <summary>Forgets a draft: it was saved or discarded.</summary>
    public Task DropAsync(string key) => TryAsync(async () => await js.InvokeVoidAsync("portal.drafts.drop", key));

    /// <summary>Puts into the fields what was typed so late that the server had not read it; once the form is drawn.</summary>
    public Task ReplayAsync(string key) => TryAsync(async () => await js.InvokeVoidAsync("portal.drafts.replay", key));

    /// <summary>Forgets the drafts of whoever used this tab before.</summary>
    public Task OwnAsync() => TryAsync(async () => await js.InvokeVoidAsync("portal.drafts.own", await owner.GetOwnerAsync()));

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is away; it has the draft of a moment ago.
        }
        catch (Exception e) when (e is JSException or JsonException or FormatException or InvalidOperationException)
        {
            Log.Failed(logger, e);
        }
    }

    internal sealed record Kept(DateTime At, string Text);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A draft could not be kept or read.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

/// <summary>Whose the drafts are: who works in this circuit.</summary>
public interface IDraftOwner
{
    /// <summary>The person's id.</summary>
    Task<string> GetOwnerAsync();
}

/// <summary>What somebody typed and did not save.</summary>
/// <param name="Content">What was typed.</param>
/// <param name="KeptUtc">When it was last changed. UTC.</param>
public sealed record Draft<T>(T Content, DateTime KeptUtc);
