namespace RulePortal.Data.Alerts.Triage;

/// <summary>How a triage action on one alert ended.</summary>
public enum TriageOutcome
{
    /// <summary>The alert changed.</summary>
    Changed = 0,

    /// <summary>It was so already; nothing was written.</summary>
    Unchanged = 1,

    /// <summary>Somebody else changed the alert after it was seen; nothing was written.</summary>
    Conflict = 2,

    /// <summary>There is no such alert.</summary>
    NotFound = 3,

    /// <summary>A closed alert takes no such action; reopen it first.</summary>
    IsClosed = 4,

    /// <summary>The classification and reason are not one of the five pairs.</summary>
    UnknownVerdict = 5,

    /// <summary>The comment is empty or longer than <see cref="Alert.MaxCommentLength"/> characters.</summary>
    BadComment = 6,

    /// <summary>The note of a pin is longer than <see cref="Pins.AlertPin.MaxNoteLength"/> characters.</summary>
    BadNote = 7,

    /// <summary>The rule has <see cref="Pins.AlertPin.MostOfRule"/> pins already.</summary>
    TooManyPins = 8,
}
