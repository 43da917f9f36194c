namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>One place where the store is not what it must be.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key of the row, or of what is missing.</param>
/// <param name="Sentence">What is wrong, for people.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record StoreFault(string Table, string Key, string Sentence, string Remedy);
