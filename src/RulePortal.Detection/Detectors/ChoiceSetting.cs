namespace RulePortal.Detection.Detectors;

/// <summary>A setting that is one of a few words.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
/// <param name="Choices">The words allowed, compared ordinally.</param>
/// <param name="Shipped">The word it ships with.</param>
public sealed record ChoiceSetting(string Key, string Label, string Help, IReadOnlyList<string> Choices, string Shipped)
    : DetectorSetting(Key, Label, Help);
