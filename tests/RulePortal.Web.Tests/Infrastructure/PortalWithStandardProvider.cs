using RulePortal.TestSupport.Identity;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The application and a standard provider for the tests of a class.</summary>
public sealed class PortalWithStandardProvider : IDisposable
{
    internal PortalWithProvider Pair { get; } = new(StandInShape.Standard, PortalWithProvider.Groups);

    public void Dispose() => Pair.Dispose();
}
