namespace RulePortal.Data.Auditing;

/// <summary>An actor set out to change what they may not. Nothing was changed.</summary>
/// <remarks>Pages and endpoints ask for a policy first, so this one is met only where such a question was forgotten.</remarks>
public sealed class ActorRefusedException(Actor actor, ActorRights needed)
    : UnauthorizedAccessException($"This needs the right to {needed.ToString().ToLowerInvariant()}, which {actor.Name} does not have. Nothing was changed.")
{
    /// <summary>Who.</summary>
    public Actor Actor { get; } = actor;

    /// <summary>The right that is missing.</summary>
    public ActorRights Needed { get; } = needed;
}
