namespace RulePortal.EndToEnd.Tests.Hosting;

[CollectionDefinition(Name)]
public sealed class DemoTests : ICollectionFixture<DemoPortal>
{
    public const string Name = "Demo";
}
