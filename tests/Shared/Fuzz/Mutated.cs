using System.Text;
using CsCheck;
using RulePortal.Detection.Wording;

namespace RulePortal.Tests.Fuzz;

/// <summary>Content that was good before a few edits: bytes replaced, cut, doubled, and words put in that parsers stumble over.</summary>
internal static class Mutated
{
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "", "\0", "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "\n", "\r", "\r\n", "\t", "null", "true", "NaN", "-", "1e999", "0x10", "9223372036854775808", "-9223372036854775809",
            "1e400", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "P30D", "PT0S", "P99999999999D", "\u202E", "\uFEFF", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "${jndi:ldap://x}", "::ffff:1.2.3.4%eth0",
            "\"a\":1,\"a\":2,", new string('[', 200), new string('9', 400), new string('a', 2_000),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x1F, 0x8B], [0xFE, 0xFF],
    ];

    /// <summary>One of the seeds after one to eight edits.</summary>
    public static Gen<byte[]> Of(params byte[][] seeds) =>
        Gen.Select(Gen.OneOf(seeds), Edit.List[1, 8], (seed, edits) => edits.Aggregate(seed, (content, edit) => edit(content)));

    private static Gen<Func<byte[], byte[]>> Edit { get; } = Gen.Select(Gen.Int[0, 4], Gen.Double.Unit, Gen.Int[1, 12], Gen.OneOf(Words), Gen.Byte, (kind, place, length, word, value) =>
        new Func<byte[], byte[]>(content =>
        {
            var at = (int)(place * content.Length);
            var end = Math.Min(content.Length, at + length);
            return kind switch
            {
                0 => [.. content[..at], .. word, .. content[at..]],
                1 => [.. content[..at], .. word, .. content[end..]],
                2 => [.. content[..at], value, .. content[Math.Min(content.Length, at + 1)..]],
                3 => [.. content[..end], .. content[at..]],
                _ => content[..at],
            };
        }));
}
