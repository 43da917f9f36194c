using System.Globalization;
using RulePortal.Data.Alerts;
using RulePortal.Data.Pins;
using RulePortal.Detection.Pins;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Pins in words.</summary>
internal static class PinWords
{
    /// <summary>What a pin demands, such as "Must fire".</summary>
    public static string Of(PinKind kind) => kind is PinKind.MustFire ? "Must fire" : "Must not fire";

    /// <summary>What a pin demands, as part of a sentence.</summary>
    public static string Within(PinKind kind) => kind is PinKind.MustFire ? "must fire" : "must not fire";

    /// <summary>How a pin stands, in a word or two.</summary>
    public static string Of(PinStanding standing) => standing switch
    {
        PinStanding.Holds => "Holds",
        PinStanding.Breaks => "Breaks",
        _ => "Cannot be judged",
    };

    /// <summary>Which colour a standing has.</summary>
    public static string Tone(PinStanding standing) => standing switch
    {
        PinStanding.Holds => "good",
        PinStanding.Breaks => "bad",
        _ => "warn",
    };

    /// <summary>Whether the version in force breaks it as well.</summary>
    public static bool IsBrokenAlready(JudgedPin pin) => pin.InForce?.Standing is PinStanding.Breaks;

    /// <summary>A broken pin as one fault, such as "Alert 12 must fire: the window has ...".</summary>
    public static string Fault(JudgedPin pin) =>
        string.Create(CultureInfo.InvariantCulture, $"Alert {pin.Pin.AlertId} {Within(pin.Pin.Pin.Kind)}: {pin.Verdict.Why}{(IsBrokenAlready(pin) ? " The version in force breaks this pin already." : "")}");
}
