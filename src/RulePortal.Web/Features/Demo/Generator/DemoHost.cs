namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>A machine of the generated company.</summary>
internal sealed record DemoHost(string Role, string Computer, string Address);
