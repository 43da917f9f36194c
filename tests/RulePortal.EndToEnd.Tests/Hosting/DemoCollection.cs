namespace RulePortal.EndToEnd.Tests.Hosting;

[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoPortal>
{
    public const string Name = "Demo";
}
