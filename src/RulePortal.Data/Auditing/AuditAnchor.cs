using System.Globalization;

namespace RulePortal.Data.Auditing;

/// <summary>A place of the chain as it was noted elsewhere, against which a chain that was made anew is found out.</summary>
/// <param name="Position">Position of an entry.</param>
/// <param name="Hash">Its hash; 32 bytes.</param>
public sealed record AuditAnchor(long Position, byte[] Hash)
{
    private const int HashLength = 32;

    /// <summary>Reads one from <c>position:hash</c>, the hash in hexadecimal digits.</summary>
    /// <returns>The anchor, or null when the text is none.</returns>
    public static AuditAnchor? Parse(string? text)
    {
        var parts = text?.Split(':');
        return parts is [var position, { Length: HashLength * 2 } hash]
            && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && hash.All(char.IsAsciiHexDigit)
            ? new AuditAnchor(number, Convert.FromHexString(hash))
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}:{Convert.ToHexStringLower(Hash)}");
}
