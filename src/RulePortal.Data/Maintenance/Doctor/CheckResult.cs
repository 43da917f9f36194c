namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>What one check came to.</summary>
/// <param name="Name">The check.</param>
/// <param name="Promise">What holds when it finds nothing.</param>
/// <param name="FaultCount">Faults in all.</param>
/// <param name="Faults">The first of them, at most <see cref="StoreDoctor.MostListed"/>.</param>
/// <param name="Took">How long it took.</param>
/// <param name="NotHere">Why this database was not asked, or null when it was.</param>
public sealed record CheckResult(string Name, string Promise, long FaultCount, IReadOnlyList<StoreFault> Faults, TimeSpan Took, string? NotHere);
