using System.ComponentModel;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

[Description("Takes the alert up.")]
internal sealed record AcknowledgeRequest(
    [property: Description("The version that was seen, unless an If-Match header names it.")] int? Version = null);

[Description("Gives the alert to somebody.")]
internal sealed record AssignRequest(
    [property: Description("'me', the id of somebody who has worked alerts before, or null for nobody.")] string? Owner,
    [property: Description("The version that was seen, unless an If-Match header names it.")] int? Version = null);

[Description("Closes the alert with one of Sentinel's five verdicts.")]
internal sealed record CloseRequest(
    Classification? Classification,
    [property: Description("May be left out where the classification has one reason only; a false positive needs IncorrectAlertLogic or InaccurateData.")] ClassificationReason? ClassificationReason = null,
    [property: Description("At most 30,000 characters.")] string? Comment = null,
    [property: Description("The version that was seen, unless an If-Match header names it.")] int? Version = null);

[Description("Opens a closed alert again.")]
internal sealed record ReopenRequest(
    [property: Description("At most 30,000 characters.")] string? Comment = null,
    [property: Description("The version that was seen, unless an If-Match header names it.")] int? Version = null);

[Description("Adds a comment.")]
internal sealed record CommentRequest(
    [property: Description("1 to 30,000 characters.")] string? Text,
    [property: Description("The version that was seen, unless an If-Match header names it.")] int? Version = null);

[Description("Pins the alert, or changes its pin.")]
internal sealed record PinRequest(
    PinKind? Kind,
    [property: Description("Why; at most 300 characters.")] string? Note = null,
    [property: Description("The version that was seen, unless an If-Match header names it.")] int? Version = null);
