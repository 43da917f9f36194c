namespace RulePortal.Web.Kit.Settings;

/// <summary>Looks for faults in the configuration before anything starts.</summary>
internal interface ISettingsCheck
{
    IEnumerable<string> Faults();
}
