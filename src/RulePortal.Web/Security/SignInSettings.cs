using RulePortal.Web.Shell.Settings;

namespace RulePortal.Web.Security;

internal sealed class SignInSettings : IPortalSettings
{
    public static string Section => "Authentication";

    /// <summary>Never guessed: a process that does not say how people sign in does not start.</summary>
    public SignInMode? Mode { get; set; }

    /// <summary>The mode as configured, for composing what depends on it; null when unset or faulty, which the check tells.</summary>
    public static SignInMode? ModeOf(IConfiguration configuration) =>
        Enum.TryParse<SignInMode>(configuration["Authentication:Mode"], ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode : null;

    public RoleNames Roles { get; set; } = new();

    public IEnumerable<string> Faults()
    {
        if (Mode is null)
        {
            yield return "Authentication:Mode is not set; allowed: EntraId, Development (the latter only in the Development environment on loopback).";
        }

        foreach (var (role, name) in Roles.All.Where(r => string.IsNullOrWhiteSpace(r.Name)))
        {
            yield return $"Authentication:Roles:{role} is empty; it names the Entra app role that makes somebody a {role}.";
        }

        if (Roles.All.Select(r => r.Name).Distinct(StringComparer.Ordinal).Count() < Roles.All.Count)
        {
            yield return "Authentication:Roles gives two roles the same Entra app role; each needs its own.";
        }
    }

    /// <summary>The values of Entra's <c>roles</c> claim that stand for the product's roles.</summary>
    internal sealed class RoleNames
    {
        public string Reader { get; set; } = "RulePortal.Reader";

        public string Responder { get; set; } = "RulePortal.Responder";

        public string Contributor { get; set; } = "RulePortal.Contributor";

        public string Administrator { get; set; } = "RulePortal.Administrator";

        public IReadOnlyList<(string Role, string Name)> All =>
            [(PortalRoles.Reader, Reader), (PortalRoles.Responder, Responder), (PortalRoles.Contributor, Contributor), (PortalRoles.Administrator, Administrator)];
    }
}
