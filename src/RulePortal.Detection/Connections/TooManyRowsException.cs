namespace RulePortal.Detection.Connections;

/// <summary>A history has more than an answer may hold; the message is a sentence for people.</summary>
public sealed class TooManyRowsException(string message) : Exception(message);
