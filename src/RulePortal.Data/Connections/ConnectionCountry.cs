namespace RulePortal.Data.Connections;

/// <summary>A direction and country that some row has had: the few keys under which the index is asked. Never removed.</summary>
public sealed class ConnectionCountry
{
    /// <summary>Term of the direction.</summary>
    public int DirectionId { get; init; }

    /// <summary>Term of the remote country, the empty one included.</summary>
    public int RemoteCountryId { get; init; }
}
