namespace RulePortal.Data.Connections;

/// <summary>How the import of a file ended.</summary>
public enum FileImportOutcome
{
    /// <summary>Every batch is stored.</summary>
    Done = 0,

    /// <summary>A batch has bad rows.</summary>
    Refused = 1,

    /// <summary>The file is not what it was when a part of it was imported.</summary>
    Changed = 2,

    /// <summary>The content cannot be read further.</summary>
    Unreadable = 3,
}
