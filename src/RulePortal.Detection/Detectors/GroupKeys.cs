using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RulePortal.Detection.Detectors;

/// <summary>Makes the key under which the same thing, seen again, is recognized.</summary>
public static class GroupKeys
{
    /// <summary>Hashes group-by values so that no two lists of values run into each other.</summary>
    /// <param name="values">The values in the query's order; null is not the empty text.</param>
    /// <returns>64 lower-case hexadecimal digits: the SHA-256 of each value's UTF-8 length (four bytes, -1 for null) and bytes.</returns>
    public static string Hash(IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            var bytes = Encoding.UTF8.GetBytes(value ?? "");
            BinaryPrimitives.WriteInt32BigEndian(length, value is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
