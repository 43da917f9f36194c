using RulePortal.TestSupport.Identity;

namespace RulePortal.EndToEnd.Tests.Identity;

/// <summary>The mode EntraId before a live Entra.</summary>
public sealed class PortalWithEntra() : SecurePortal(StandInShape.Entra);
