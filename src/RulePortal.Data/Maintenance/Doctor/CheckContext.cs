using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Wording;
using RulePortal.Data.Maintenance.Retention;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>What a check works with.</summary>
/// <param name="Db">The store, within one read.</param>
/// <param name="Audit">The verifier of the audit trail.</param>
internal sealed record CheckContext(PortalDbContext Db, AuditVerifier Audit)
{
    private static readonly DateTime Ever = new(0, DateTimeKind.Utc);

    /// <summary>What is older may have been removed by retention.</summary>
    public async Task<DateTime> KeptFromAsync(RetentionPart part, CancellationToken cancellationToken)
    {
        var name = part.ToString();
        return await Db.RetentionMarks.Where(mark => mark.Part == name).Select(mark => (DateTime?)mark.KeptFromUtc).SingleOrDefaultAsync(cancellationToken) ?? Ever;
    }

    /// <summary>Text with numbers as they are, wherever the process runs.</summary>
    public static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
