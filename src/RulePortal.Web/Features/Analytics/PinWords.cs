using System.Globalization;
using RulePortal.Data.Pins;
using RulePortal.Detection.Pins;

namespace RulePortal.Web.Features.Analytics;

/// <summary>Pins in words.</summary>
internal static class PinWords
{
    /// <summary>What a pin demands, such as "must fire".</summary>
    public static string Of(PinKind kind) => kind is PinKind.MustFire ? "must fire" : "must not fire";

    /// <summary>A broken pin as one fault, such as "Alert 12 must fire: the window has ...".</summary>
    public static string Fault(JudgedPin pin) =>
        string.Create(CultureInfo.InvariantCulture, $"Alert {pin.Pin.AlertId} {Of(pin.Pin.Pin.Kind)}: {pin.Verdict.Why}{(pin.InForce?.Standing is PinStanding.Breaks ? " The version in force breaks this pin already." : "")}");
}
