namespace RulePortal.Data.Security;

/// <summary>A key that protects cookies and tokens at rest, shared by all processes of a store.</summary>
public sealed class ProtectionKey
{
    /// <summary>Sequence, ascending.</summary>
    public int Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The key as ASP.NET Core's data protection writes it; encrypted when a certificate is configured.</summary>
    public required string Xml { get; init; }
}
