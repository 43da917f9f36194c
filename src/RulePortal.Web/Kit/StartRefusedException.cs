namespace RulePortal.Web.Kit;

/// <summary>The process will not start or the verb will not run, for reasons a person can mend: each fault is a plain sentence, shown without a stack trace.</summary>
internal sealed class StartRefusedException(IReadOnlyList<string> faults, Exception? inner = null) : Exception(string.Join(Environment.NewLine, faults), inner)
{
    public StartRefusedException(string fault, Exception? inner = null)
        : this([fault], inner)
    {
    }

    public IReadOnlyList<string> Faults { get; } = faults;
}
