namespace RulePortal.Web.Features.Administration.Keys;

internal enum KeyState
{
    InForce,
    Expired,
    Revoked,
}
