using System.Globalization;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Auditing;

/// <summary>One walk along the chain: where it stands, and what the next entry must be.</summary>
internal sealed class AuditWalk(long position, byte[] hash)
{
    public long Position { get; private set; } = position;

    public byte[] Hash { get; private set; } = hash;

    public AuditAnchor? Anchor { get; init; }

    public static AuditFault OtherChain(long position) => new(AuditFaultKind.Anchor, position, Words(
        $"The chain has another hash at position {position} than the one noted: it was made anew."));

    /// <summary>Goes on to an entry.</summary>
    /// <returns>Why it cannot, or null when it did.</returns>
    public AuditFault? Step(AuditEntry entry)
    {
        var next = Position + 1;
        if (entry.Position > next)
        {
            return Missing(next, entry.Position.Value - 1);
        }

        if (entry.Position < next)
        {
            return new AuditFault(AuditFaultKind.Inserted, entry.Position!.Value, Words($"Position {entry.Position} is held by two entries; {entry.Id} is one of them."));
        }

        var expected = AuditHash.Of(Hash, next, entry);
        if (!expected.AsSpan().SequenceEqual(entry.Hash))
        {
            return new AuditFault(AuditFaultKind.Altered, next, Words($"Entry {entry.Id} at position {next} is not what was sealed: it was altered."));
        }

        if (Anchor?.Position == next && !Anchor.Hash.AsSpan().SequenceEqual(expected))
        {
            return OtherChain(next);
        }

        (Position, Hash) = (next, expected);
        return null;
    }

    /// <summary>Holds the end of the walk against the head.</summary>
    public AuditFault? End(AuditChainHead? head)
    {
        if (head is null)
        {
            return new AuditFault(AuditFaultKind.Head, Position, "The head of the chain is gone: what was removed from its end cannot be told.");
        }

        if (head.Position > Position)
        {
            return Missing(Position + 1, head.Position);
        }

        if (head.Position < Position)
        {
            return new AuditFault(AuditFaultKind.Inserted, head.Position + 1, Words($"Position {head.Position + 1} is beyond the head of the chain; its entry was never sealed."));
        }

        if (!head.Hash.AsSpan().SequenceEqual(Hash))
        {
            return new AuditFault(AuditFaultKind.Head, Position, Words($"The head of the chain does not fit its last entry, at position {Position}."));
        }

        return Anchor?.Position > Position
            ? new AuditFault(AuditFaultKind.Anchor, Position + 1, Words($"The chain ends at position {Position}, before the position noted, {Anchor.Position}: its end was removed and the chain made anew."))
            : null;
    }

    private static AuditFault Missing(long first, long last) => new(AuditFaultKind.Missing, first, first == last
        ? Words($"The entry at position {first} is missing.")
        : Words($"The entries at positions {first} to {last} are missing."));

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
