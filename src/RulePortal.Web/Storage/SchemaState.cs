namespace RulePortal.Web.Storage;

/// <summary>How the database's schema stands to this build's.</summary>
/// <param name="Pending">Migrations of this build that the database lacks, oldest first.</param>
/// <param name="Unknown">Migrations in the database that this build does not know: a newer version made them.</param>
internal sealed record SchemaState(IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    public bool IsCurrent => Pending.Count == 0 && Unknown.Count == 0;
}
