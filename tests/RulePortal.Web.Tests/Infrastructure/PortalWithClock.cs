using Microsoft.Extensions.Time.Testing;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The application with a clock that tests move; it only goes forward, also for the tests after.</summary>
public sealed class PortalWithClock : IDisposable
{
    public PortalWithClock() => Factory = new PortalFactory { Time = Time };

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public PortalFactory Factory { get; }

    public void Dispose() => Factory.Dispose();
}
