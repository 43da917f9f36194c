namespace RulePortal.Detection.Pins;

/// <summary>What a pin demands of the alert it is put on.</summary>
public enum PinKind
{
    /// <summary>Every later version of the rule has to raise the alert.</summary>
    MustFire = 0,

    /// <summary>No later version of the rule may raise any row of the alert.</summary>
    MustNotFire = 1,
}
