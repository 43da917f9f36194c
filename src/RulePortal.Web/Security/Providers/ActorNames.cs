using System.Security.Cryptography;
using System.Text;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security.Providers;

/// <summary>Makes actors of what identity providers call people, within the length that is stored.</summary>
internal static class ActorNames
{
    private const int Longest = 200;

    /// <summary>A name that is too long is cut; an id that is too long is replaced by its SHA-256, since a cut one could be somebody else's.</summary>
    public static Actor Actor(string id, string name) => new(
        id.Length <= Longest ? id : id[..id.IndexOf(':', StringComparison.Ordinal)] + ":sha256/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))),
        name.Length <= Longest ? name : name[..Longest]);
}
