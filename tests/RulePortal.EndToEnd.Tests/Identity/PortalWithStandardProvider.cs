using RulePortal.TestSupport.Identity;

namespace RulePortal.EndToEnd.Tests.Identity;

/// <summary>The mode OpenIdConnect before a live standard provider.</summary>
public sealed class PortalWithStandardProvider() : SecurePortal(StandInShape.Standard);
