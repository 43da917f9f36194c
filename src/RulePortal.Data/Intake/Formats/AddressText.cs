using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RulePortal.Data.Intake.Formats;

/// <summary>Addresses in one spelling: IPv4 as four decimal numbers, IPv6 lower-case and compressed, an IPv4-mapped IPv6 address as the IPv4 address it is.</summary>
internal static class AddressText
{
    private const int LongestText = 45;

    /// <summary>Canonical text of an address; false when it is none. Zones, ports, prefixes, brackets, octal, hexadecimal and short forms are none.</summary>
    public static bool TryCanonicalise(ReadOnlySpan<byte> utf8, out string canonical)
    {
        canonical = "";
        if (utf8.Length is 0 or > LongestText)
        {
            return false;
        }

        if (utf8.Contains((byte)':'))
        {
            return TryIPv6(utf8, out canonical);
        }

        if (!IsIPv4(utf8))
        {
            return false;
        }

        canonical = Encoding.ASCII.GetString(utf8);
        return true;
    }

    private static bool TryIPv6(ReadOnlySpan<byte> utf8, out string canonical)
    {
        canonical = "";
        Span<char> text = stackalloc char[LongestText];
        for (var i = 0; i < utf8.Length; i++)
        {
            if (!char.IsAsciiHexDigit((char)utf8[i]) && utf8[i] is not ((byte)':' or (byte)'.'))
            {
                return false;
            }

            text[i] = (char)utf8[i];
        }

        var dot = utf8.IndexOf((byte)'.');
        if (dot >= 0 && !IsIPv4(utf8[(utf8.LastIndexOf((byte)':') + 1)..]))
        {
            return false;
        }

        if (!IPAddress.TryParse(text[..utf8.Length], out var address) || address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return false;
        }

        canonical = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return true;
    }

    private static bool IsIPv4(ReadOnlySpan<byte> utf8)
    {
        var parts = 0;
        var digits = 0;
        var value = 0;
        foreach (var b in utf8)
        {
            if (b is (byte)'.')
            {
                if (digits == 0 || ++parts > 3)
                {
                    return false;
                }

                digits = 0;
                value = 0;
            }
            else if (b is < (byte)'0' or > (byte)'9' || (digits > 0 && value == 0))
            {
                return false;
            }
            else
            {
                value = (value * 10) + (b - '0');
                digits++;
                if (value > 255)
                {
                    return false;
                }
            }
        }

        return parts == 3 && digits > 0;
    }
}
