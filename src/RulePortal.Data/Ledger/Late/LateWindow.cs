namespace RulePortal.Data.Ledger.Late;

/// <summary>A window whose rows came or went after it was evaluated, taken to be judged.</summary>
/// <param name="Id">The window.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="EndUtc">Its end. UTC.</param>
/// <param name="TakenUtc">When it was taken; a mark that comes later undoes the taking. UTC.</param>
public sealed record LateWindow(long Id, Guid RuleId, DateTime EndUtc, DateTime TakenUtc);
