namespace RulePortal.Data.Security;

/// <summary>What a bearer key may do.</summary>
public enum ApiKeyRole
{
    /// <summary>Views.</summary>
    Reader = 0,

    /// <summary>Views and works alerts.</summary>
    Responder = 1,

    /// <summary>Views, works alerts, edits rules, imports connections.</summary>
    Contributor = 2,

    /// <summary>Posts connections and nothing else.</summary>
    Ingest = 3,

    /// <summary>Reads the portal's measurements of itself and nothing else.</summary>
    Metrics = 4,
}
