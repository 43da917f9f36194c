using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RulePortal.Data;

/// <summary>Every instant is UTC: databases forget the kind, so it is given back on reading and demanded on writing.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(value => ToStore(value), value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime ToStore(DateTime value) =>
        value.Kind is DateTimeKind.Utc
            ? value
            : throw new InvalidOperationException($"An instant must be UTC to be stored; {value:O} is {value.Kind}.");
}
