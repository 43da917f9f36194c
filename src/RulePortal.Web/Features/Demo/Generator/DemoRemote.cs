namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>What a machine talks to; a private one has no country.</summary>
/// <param name="Address">Of a documentation, benchmarking or private range.</param>
/// <param name="Country">Empty for a private address.</param>
/// <param name="Details">The other columns, as stored, or null.</param>
internal sealed record DemoRemote(string Address, string Country, string? Details)
{
    public static DemoRemote Named(string name, string country, string address) =>
        new(address, country, $$"""{"RemoteDnsQuestions":"[\"{{name}}\"]"}""");
}
