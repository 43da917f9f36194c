namespace RulePortal.Detection.Detectors;

/// <summary>One knob of a detector: what it is called and what it may be. Forms and validation both follow it.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
public abstract record DetectorSetting(string Key, string Label, string Help)
{
    /// <summary>The field under which faults and advice name it, such as <c>settings.countryThreshold</c>.</summary>
    public string Field => $"settings.{Key}";
}
