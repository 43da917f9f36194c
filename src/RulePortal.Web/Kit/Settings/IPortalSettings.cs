namespace RulePortal.Web.Kit.Settings;

/// <summary>One section of the configuration, as a sealed class with defaults; registered by <see cref="SettingsRegistration.AddPortalSettings{T}"/> and injected as <c>IOptions&lt;T&gt;</c>.</summary>
internal interface IPortalSettings
{
    /// <summary>The section's name, such as <c>Database</c>.</summary>
    static abstract string Section { get; }

    /// <summary>Every fault beyond a value's type, as a sentence that names the key and the values allowed.</summary>
    IEnumerable<string> Faults();
}

/// <summary>Looks for faults in the configuration before anything starts.</summary>
internal interface ISettingsCheck
{
    IEnumerable<string> Faults();
}
