namespace RulePortal.Data.Connections;

/// <summary>Which way a batch came in.</summary>
public enum BatchOrigin
{
    /// <summary>A request to the API.</summary>
    Api = 0,

    /// <summary>The command line.</summary>
    CommandLine = 1,

    /// <summary>The Connections page.</summary>
    Page = 2,

    /// <summary>The demo's generator.</summary>
    Demo = 3,
}
