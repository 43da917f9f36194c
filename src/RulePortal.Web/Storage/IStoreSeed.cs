namespace RulePortal.Web.Storage;

/// <summary>Puts into the store what every store holds, such as the rules shipped. Run after the schema was checked, at every start and by every verb; must do nothing when its work is done.</summary>
internal interface IStoreSeed
{
    Task SeedAsync(CancellationToken cancellationToken);
}
