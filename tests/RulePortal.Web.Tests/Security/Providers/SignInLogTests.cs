using System.Net.Http.Headers;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security.Providers;

/// <summary>Signing in, failing to, coming back and leaving write no secret into the log.</summary>
public sealed class SignInLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Log_OfWholeSessions_HoldsNoCodeTokenSecretOrCookie(int shape)
    {
        using var pair = new PortalWithProvider((StandInShape)shape, ("Logging:LogLevel:Default", "Information"), ("Logging:LogLevel:Microsoft", "Information"), ("Logging:LogLevel:System", "Information"));
        var cookies = new List<string>();
        using var client = await pair.SignedInAsync("RulePortal.Reader");
        using var failing = pair.Portal.Anonymous();
        foreach (var faults in new[] { new StandInFaults { Tampered = true }, new StandInFaults { Issuer = "https://evil.test" }, new StandInFaults { Nonce = "other" }, new StandInFaults { Down = true }, new StandInFaults() })
        {
            pair.Provider.Faults = faults;
            using var back = await pair.SignInAsync(failing);
            cookies.AddRange(back.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0].Split('=', 2)[1]).Where(c => c.Length > 20) : []);
        }

        foreach (var faults in new[] { new StandInFaults { Tampered = true }, new StandInFaults { Down = true }, new StandInFaults { RefreshError = "invalid_client" }, new StandInFaults() })
        {
            pair.Provider.Faults = faults;
            pair.Time.Advance(TimeSpan.FromMinutes(6));
            await client.GetAsync("/");
            var token = pair.Provider.Noted(pair.Provider.Tokens.AccessToken());
            using var program = pair.Portal.Anonymous();
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            await program.GetAsync("/api/v1/alerts");
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = await PortalFactory.FormTokenAsync(client, "/denied") });
        using var left = await client.PostAsync("/signout", form);

        Assert.NotEmpty(cookies);
        Assert.True(pair.Provider.Secrets.Count > 10);
        Assert.Contains(pair.Logs.Lines, line => line.Contains("Signing in failed", StringComparison.Ordinal));
        var secrets = pair.Provider.Secrets.Concat(cookies).Append(pair.Provider.ClientSecret)
            // A token's last part makes it one.
            .SelectMany(secret => secret.Split('.') is [_, var payload, { Length: > 0 } signature] ? [payload, signature] : new[] { secret });
        Assert.Empty(secrets.Where(secret => pair.Logs.Lines.Any(line => line.Contains(secret, StringComparison.Ordinal))).Select(s => s[..20]));
    }
}
