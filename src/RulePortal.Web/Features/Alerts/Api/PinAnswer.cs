using System.ComponentModel;
using RulePortal.Detection.Pins;

namespace RulePortal.Web.Features.Alerts;

[Description("A pin on an alert.")]
internal sealed record PinAnswer(
    [property: Description("MustFire, or MustNotFire.")] PinKind Kind,
    DateTime Pinned,
    string By,
    string Note);
