using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Auditing;

/// <summary>The hash of a sealed entry: SHA-256 over the hash before it, its position and every field.</summary>
/// <remarks>
/// <para>The bytes, in this order: the version 1 as one byte; the previous hash, 32 bytes; Position and Id; AtUtc as 100 ns ticks since 0001-01-01; ActorId,
/// ActorName, Origin, Action, Subject; Outcome as its number; Attempts; Detail, Before, After.</para>
/// <para>Numbers are 8 bytes, big-endian. A text is its length in UTF-8 bytes as such a number, then those bytes; a missing one is the length -1 alone. So no
/// two entries have the same bytes.</para>
/// </remarks>
public static class AuditHash
{
    private const byte Version = 1;

    /// <summary>What the first entry's hash builds on: 32 zeros.</summary>
    public static byte[] Origin => new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of an entry at a position.</summary>
    /// <param name="previous">The hash of the entry before it, or <see cref="Origin"/>; 32 bytes.</param>
    /// <param name="position">Its place, from 1.</param>
    /// <param name="entry">The entry as stored.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Of(byte[] previous, long position, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(entry);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Version]);
        hash.AppendData(previous);
        Append(hash, position);
        Append(hash, entry.Id);
        Append(hash, entry.AtUtc.Ticks);
        Append(hash, entry.ActorId);
        Append(hash, entry.ActorName);
        Append(hash, entry.Origin);
        Append(hash, entry.Action);
        Append(hash, entry.Subject);
        Append(hash, (long)entry.Outcome);
        Append(hash, entry.Attempts);
        Append(hash, entry.Detail);
        Append(hash, entry.Before);
        Append(hash, entry.After);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Append(hash, -1);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
