namespace RulePortal.Web.Storage;

/// <summary>The disk that fills as the store grows.</summary>
internal interface IDiskSpace
{
    /// <summary>Bytes this process may still write there, or null when the store is on another machine.</summary>
    long? FreeBytes();
}
