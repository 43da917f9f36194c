using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using RulePortal.Data.Connections;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>What rows refer to is in the dictionary, and evaluations find every country.</summary>
internal static class DictionaryChecks
{
    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("terms.complete", "Every text a row refers to is in the dictionary", TermsAsync),
        new("terms.text", "A term's text is what its bytes say", TextsAsync),
        new("countries.complete", "Every direction and country of a row is known to evaluations", CountriesAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> TermsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Connections.Where(StoredColumns.Texts.Select(column => MissesTerm(context.Db, StoredColumns.NameOf(column))).Aggregate(Either));
        await foreach (var id in broken.Select(row => row.Id).Streamed(cancellationToken))
        {
            yield return new StoreFault(
                "Connections",
                Words($"{id}"),
                Words($"Row {id} of batch {ConnectionRowId.BatchSeqOf(id)} refers to a text that is not in ConnectionTerms."),
                "Restore the last backup, or withdraw the batch and import its content again.");
        }
    }

    private static Expression<Func<ConnectionRow, bool>> MissesTerm(PortalDbContext db, string name) =>
        row => !db.ConnectionTerms.Any(term => term.Id == EF.Property<int>(row, name));

    private static Expression<Func<ConnectionRow, bool>> Either(Expression<Func<ConnectionRow, bool>> one, Expression<Func<ConnectionRow, bool>> other) =>
        Expression.Lambda<Func<ConnectionRow, bool>>(
            Expression.OrElse(one.Body, ReplacingExpressionVisitor.Replace(other.Parameters[0], one.Parameters[0], other.Body)), one.Parameters);

    private static async IAsyncEnumerable<StoreFault> TextsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var term in context.Db.ConnectionTerms.OrderBy(term => term.Id).Streamed(cancellationToken))
        {
            if (!System.Text.Encoding.UTF8.GetBytes(term.Text).AsSpan().SequenceEqual(term.Utf8))
            {
                yield return new StoreFault("ConnectionTerms", Words($"{term.Id}"), Words($"The text of term {term.Id} is not what its bytes say."), "Set Text to what Utf8 holds.");
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> CountriesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = context.Db.Connections
            .Where(row => !context.Db.ConnectionCountries.Any(country => country.DirectionId == row.DirectionId && country.RemoteCountryId == row.RemoteCountryId))
            .Select(row => new { row.DirectionId, row.RemoteCountryId })
            .Distinct();
        await foreach (var pair in missing.Streamed(cancellationToken))
        {
            yield return new StoreFault(
                "ConnectionCountries",
                Words($"{pair.DirectionId}, {pair.RemoteCountryId}"),
                Words($"Rows with direction {pair.DirectionId} and country {pair.RemoteCountryId} are not seen by any evaluation: the pair is missing."),
                "Insert the pair into ConnectionCountries, then run the windows since again.");
        }
    }
}
