namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>What an examination came to.</summary>
/// <param name="Checks">One for each check, in their order.</param>
public sealed record StoreReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => FaultCount == 0;

    /// <summary>Faults in all.</summary>
    public long FaultCount => Checks.Sum(check => check.FaultCount);
}
