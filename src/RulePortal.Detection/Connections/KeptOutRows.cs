namespace RulePortal.Detection.Connections;

/// <summary>What an exclusion kept out of one evaluation.</summary>
/// <param name="Exclusion">The exclusion.</param>
/// <param name="Rows">Rows that were not counted; counting stops at <see cref="MostCounted"/>.</param>
public sealed record KeptOutRows(BaselineExclusion Exclusion, int Rows)
{
    /// <summary>Where counting stops.</summary>
    public const int MostCounted = 1_000;
}
