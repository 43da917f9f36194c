using System.Globalization;

namespace RulePortal.Web.Tests.Faults;

/// <summary>How many seeded faults are tried: ten, or what RULEPORTAL_FAULT_SEEDS says.</summary>
internal static class FaultSeeds
{
    private const int Usual = 10;

    public static TheoryData<int> All => [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("RULEPORTAL_FAULT_SEEDS"), CultureInfo.InvariantCulture, out var count) ? count : Usual)];
}
