namespace RulePortal.TestSupport.Identity;

/// <summary>Whoever signs in at the stand-in.</summary>
internal sealed record StandInPerson
{
    public string ObjectId { get; init; } = "22222222-2222-2222-2222-222222222222";

    public string UserName { get; init; } = "fay@example.test";

    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>In so many groups that the token only says where to ask for them.</summary>
    public bool TooManyGroups { get; init; }
}
