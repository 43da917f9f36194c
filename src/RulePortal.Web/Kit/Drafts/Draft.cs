namespace RulePortal.Web.Kit.Drafts;

/// <summary>What somebody typed and did not save.</summary>
/// <param name="Content">What was typed.</param>
/// <param name="KeptUtc">When it was last changed. UTC.</param>
public sealed record Draft<T>(T Content, DateTime KeptUtc);
