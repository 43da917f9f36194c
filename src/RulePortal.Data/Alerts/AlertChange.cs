namespace RulePortal.Data.Alerts;

/// <summary>What a triage action did.</summary>
public enum AlertChange
{
    /// <summary>The alert changed.</summary>
    Changed = 0,

    /// <summary>It was so already; nothing was written.</summary>
    Unchanged = 1,

    /// <summary>A closed alert takes no such action; reopen it first.</summary>
    IsClosed = 2,

    /// <summary>The classification and reason are not one of the five pairs.</summary>
    UnknownVerdict = 3,

    /// <summary>The comment is empty or longer than <see cref="Alert.MaxCommentLength"/> characters.</summary>
    BadComment = 4,
}
