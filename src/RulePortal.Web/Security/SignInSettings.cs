using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security.Sessions;

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

    public GroupNames Groups { get; set; } = new();

    /// <summary>How long an identity provider's word on somebody's roles counts before it is asked again.</summary>
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How much longer it counts while the identity provider does not answer.</summary>
    public TimeSpan RecheckGrace { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<string> Faults()
    {
        if (Mode is null)
        {
            yield return "Authentication:Mode is not set; allowed: EntraId, OpenIdConnect, Development (the latter only in the Development environment on loopback).";
        }

        foreach (var (role, name) in Roles.All.Where(r => string.IsNullOrWhiteSpace(r.Name)))
        {
            yield return $"Authentication:Roles:{role} is empty; it names the app role that makes somebody a {role}.";
        }

        if (Roles.All.Select(r => r.Name).Distinct(StringComparer.Ordinal).Count() < Roles.All.Count)
        {
            yield return "Authentication:Roles gives two roles the same app role; each needs its own.";
        }

        if (RecheckInterval < TimeSpan.FromMinutes(1) || RecheckInterval > TimeSpan.FromHours(1))
        {
            yield return $"Authentication:RecheckInterval is '{RecheckInterval}'; allowed: 00:01:00 to 01:00:00.";
        }

        if (RecheckGrace < TimeSpan.Zero || RecheckGrace > Sessions.Session.Length)
        {
            yield return $"Authentication:RecheckGrace is '{RecheckGrace}'; allowed: 00:00:00 to {Sessions.Session.Length}.";
        }
    }

    /// <summary>The app roles that stand for the product's roles.</summary>
    internal sealed class RoleNames
    {
        public string Reader { get; set; } = "RulePortal.Reader";

        public string Responder { get; set; } = "RulePortal.Responder";

        public string Contributor { get; set; } = "RulePortal.Contributor";

        public string Administrator { get; set; } = "RulePortal.Administrator";

        public IReadOnlyList<(string Role, string Name)> All =>
            [(PortalRoles.Reader, Reader), (PortalRoles.Responder, Responder), (PortalRoles.Contributor, Contributor), (PortalRoles.Administrator, Administrator)];

        public IEnumerable<string> RolesOf(IReadOnlyList<string> appRoles) =>
            All.Where(r => appRoles.Contains(r.Name, StringComparer.Ordinal)).Select(r => r.Role);
    }

    /// <summary>The groups whose members have the product's roles: object ids in Entra, elsewhere whatever the claim holds; with ; between.</summary>
    internal sealed class GroupNames
    {
        public string? Reader { get; set; }

        public string? Responder { get; set; }

        public string? Contributor { get; set; }

        public string? Administrator { get; set; }

        public bool Any => All.Any(r => r.Names.Count > 0);

        private IEnumerable<(string Role, IReadOnlyList<string> Names)> All =>
        [
            (PortalRoles.Reader, Split(Reader)), (PortalRoles.Responder, Split(Responder)),
            (PortalRoles.Contributor, Split(Contributor)), (PortalRoles.Administrator, Split(Administrator)),
        ];

        public IEnumerable<string> RolesOf(IReadOnlyList<string> groups) =>
            All.Where(r => r.Names.Intersect(groups, StringComparer.Ordinal).Any()).Select(r => r.Role);

        private static string[] Split(string? names) => (names ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
