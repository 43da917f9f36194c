namespace RulePortal.Detection.Detectors;

/// <summary>A setting that is a whole number.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
/// <param name="Unit">What is counted, such as <c>rows</c>.</param>
/// <param name="Least">Least value allowed.</param>
/// <param name="Greatest">Greatest value allowed.</param>
/// <param name="Shipped">What it ships with.</param>
/// <param name="SliderEnd">Where a slider ends: beyond it values are typed.</param>
public sealed record CountSetting(string Key, string Label, string Help, string Unit, long Least, long Greatest, long Shipped, long SliderEnd)
    : DetectorSetting(Key, Label, Help);
