using System.Runtime.CompilerServices;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>The audit trail.</summary>
internal static class AuditChecks
{
    public static IReadOnlyList<StoreCheck> All { get; } = [new("audit.chain", "Every sealed entry of the audit trail is as it was sealed", ChainAsync)];

    private static async IAsyncEnumerable<StoreFault> ChainAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if ((await context.Audit.VerifyAsync(anchor: null, cancellationToken)).Fault is { } fault)
        {
            yield return new StoreFault("AuditEntries", Words($"position {fault.Position}"), fault.Sentence, "Keep the file as evidence, find out who changed it, and restore the last backup whose chain holds.");
        }
    }
}
