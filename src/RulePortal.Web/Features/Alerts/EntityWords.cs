using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

internal static class EntityWords
{
    /// <summary>The type as a person reads it before a value, such as "IP".</summary>
    public static string Name(this EntityType type) => type is EntityType.Ip ? "IP" : type.ToString();

    /// <summary>The type within a sentence, such as "host".</summary>
    public static string InSentence(this EntityType type) => type is EntityType.Ip ? "IP" : type.ToString().ToLowerInvariant();
}
