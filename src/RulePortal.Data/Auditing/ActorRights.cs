namespace RulePortal.Data.Auditing;

/// <summary>What somebody may do, however they signed in. Sums of single rights; nobody has one that was not given.</summary>
[Flags]
public enum ActorRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See rules, alerts and connections.</summary>
    View = 1,

    /// <summary>Work alerts.</summary>
    Respond = 2,

    /// <summary>Edit and run rules, pin alerts, withdraw batches.</summary>
    Contribute = 4,

    /// <summary>Bring connections in.</summary>
    Ingest = 8,

    /// <summary>Make and revoke keys, end sessions, read and export the audit trail, migrate the store.</summary>
    Administer = 16,

    /// <summary>Read the portal's measurements of itself.</summary>
    Scrape = 32,

    /// <summary>Everything: the portal itself, and whoever may run its command line.</summary>
    All = View | Respond | Contribute | Ingest | Administer | Scrape,
}
