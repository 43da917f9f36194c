using Microsoft.Extensions.Configuration;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Kit;

public sealed class SettingsInEffectTests
{
    [Fact]
    public void All_Settings_AreThoseOfTheDocument()
    {
        var all = new SettingsInEffect(new ConfigurationBuilder().Build()).All();

        Assert.True(all.Count > 40);
        Assert.All(all, setting => Assert.Contains($"| `{setting.Key}` |", Repository.Text("docs/settings.md"), StringComparison.Ordinal));
        Assert.All(all, setting => Assert.Null(setting.Source));
        Assert.Equal("00:05:00", all.Single(setting => setting.Key == "Authentication:RecheckInterval").Value);
        Assert.Null(all.Single(setting => setting.Key == "Authentication:Mode").Value);
    }

    [Fact]
    public void All_SetInSeveralPlaces_TellsTheOneThatCounts()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Scheduling:Workers"] = "3", ["Authentication:Groups:Reader"] = "soc" })
            .AddCommandLine(["--Scheduling:Workers=5"])
            .Build();

        var all = new SettingsInEffect(configuration).All();

        Assert.Equal(new SettingInEffect("Scheduling:Workers", "5", IsSecret: false, "command line"), all.Single(setting => setting.Key == "Scheduling:Workers"));
        Assert.Equal(new SettingInEffect("Authentication:Groups:Reader", "soc", IsSecret: false, "the process"), all.Single(setting => setting.Key == "Authentication:Groups:Reader"));
    }

    [Fact]
    public void All_Secrets_AreKeptBack()
    {
        string[] secrets = ["AzureAd:ClientSecret", "OpenIdConnect:ClientSecret", "DataProtection:CertificatePassword", "ConnectionStrings:Portal", "Telemetry:Headers"];
        var values = secrets.ToDictionary(key => key, _ => (string?)"hush-hush", StringComparer.Ordinal);
        values["OpenIdConnect:Authority"] = "https://me:hush-hush@id.example.test/realms/soc";

        var all = new SettingsInEffect(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).All();

        Assert.DoesNotContain(all, setting => setting.Value?.Contains("hush", StringComparison.Ordinal) == true);
        Assert.All(all.Where(setting => secrets.Contains(setting.Key)), setting => Assert.True(setting.IsSecret));
        Assert.Equal("https://id.example.test/realms/soc", all.Single(setting => setting.Key == "OpenIdConnect:Authority").Value);
    }
}
