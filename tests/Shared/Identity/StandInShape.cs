namespace RulePortal.TestSupport.Identity;

/// <summary>Whose addresses and claims the stand-in has.</summary>
internal enum StandInShape
{
    /// <summary>Microsoft Entra ID's.</summary>
    Entra,

    /// <summary>Those of a standard provider, as Keycloak has them.</summary>
    Standard,
}
