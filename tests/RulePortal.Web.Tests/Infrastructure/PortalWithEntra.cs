using RulePortal.TestSupport.Identity;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The application and an Entra for the tests of a class.</summary>
public sealed class PortalWithEntra : IDisposable
{
    internal PortalWithProvider Pair { get; } = new(StandInShape.Entra, PortalWithProvider.Groups);

    public void Dispose() => Pair.Dispose();
}
