namespace RulePortal.Data.Tests.Stores;

public enum StoreKind
{
    Sqlite,
    SqlServer,
}
