namespace RulePortal.Data.Security;

/// <summary>A session that has not ended.</summary>
/// <param name="Id">Identity.</param>
/// <param name="StartedUtc">When the person signed in. UTC.</param>
/// <param name="Origin">From where.</param>
/// <param name="CheckedUtc">When its roles were last confirmed; at first, when it began. UTC.</param>
/// <param name="EndsUtc">First instant at which it is over by itself. UTC.</param>
public sealed record OpenSession(Guid Id, DateTime StartedUtc, string Origin, DateTime CheckedUtc, DateTime EndsUtc);
