using System.Buffers.Text;

namespace RulePortal.Data.Intake.Formats;

/// <summary>Instants as text, read to the tick.</summary>
internal static class TimeText
{
    /// <summary>ISO 8601: a date, <c>T</c> or a blank, hours and minutes, seconds with up to seven decimals, <c>Z</c> or an offset; UTC when it has neither.</summary>
    public static bool TryParseIso(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 16
            || !Digits(text, 0, 4, out var year) || text[4] is not (byte)'-'
            || !Digits(text, 5, 2, out var month) || text[7] is not (byte)'-'
            || !Digits(text, 8, 2, out var day) || text[10] is not ((byte)'T' or (byte)' ')
            || !Digits(text, 11, 2, out var hour) || text[13] is not (byte)':'
            || !Digits(text, 14, 2, out var minute))
        {
            return false;
        }

        var rest = text[16..];
        var second = 0;
        long fraction = 0;
        if (rest.Length > 0 && rest[0] is (byte)':')
        {
            if (!Digits(rest, 1, 2, out second))
            {
                return false;
            }

            rest = rest[3..];
            if (!Fraction(ref rest, out fraction))
            {
                return false;
            }
        }

        return Offset(rest, out var offset) && Compose(year, month, day, hour, minute, second, fraction, -offset, out ticks);
    }

    /// <summary>The en-US form that Log Analytics exports: <c>1/31/2026, 11:00:00.000 PM</c>, always UTC.</summary>
    public static bool TryParseEnglish(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!Number(ref text, 2, out var month) || !Literal(ref text, "/"u8)
            || !Number(ref text, 2, out var day) || !Literal(ref text, "/"u8)
            || !Number(ref text, 4, out var year) || year < 1000 || !Literal(ref text, ", "u8)
            || !Number(ref text, 2, out var hour) || hour is < 1 or > 12 || !Literal(ref text, ":"u8)
            || !Number(ref text, 2, out var minute) || !Literal(ref text, ":"u8)
            || !Number(ref text, 2, out var second) || !Fraction(ref text, out var fraction))
        {
            return false;
        }

        // Some browsers put a narrow no-break space (U+202F) before AM and PM.
        if (!Literal(ref text, " "u8) && !Literal(ref text, "\u202F"u8))
        {
            return false;
        }

        var afternoon = text.SequenceEqual("PM"u8);
        if (!afternoon && !text.SequenceEqual("AM"u8))
        {
            return false;
        }

        return Compose(year, month, day, (hour % 12) + (afternoon ? 12 : 0), minute, second, fraction, 0, out ticks);
    }

    private static bool Compose(int year, int month, int day, int hour, int minute, int second, long fraction, long shift, out long ticks)
    {
        ticks = 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction + shift;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 0 || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] is not (byte)':'
            || !Digits(text, 1, 2, out var hours) || !Digits(text, 4, 2, out var minutes) || hours > 14 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (text[0] is (byte)'-' ? -1 : 1);
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 0 || text[0] is not (byte)'.')
        {
            return true;
        }

        var digits = 0;
        while (digits + 1 < text.Length && text[digits + 1] is >= (byte)'0' and <= (byte)'9')
        {
            if (++digits > 7)
            {
                return false;
            }

            ticks = (ticks * 10) + (text[digits] - '0');
        }

        for (int i = digits; i < 7; i++)
        {
            ticks *= 10;
        }

        text = text[(digits + 1)..];
        return digits > 0;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        if (text.Length < start + count)
        {
            return false;
        }

        for (int i = start; i < start + count; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (text[i] - '0');
        }

        return true;
    }

    private static bool Number(ref ReadOnlySpan<byte> text, int mostDigits, out int value)
    {
        var found = Utf8Parser.TryParse(text, out value, out var consumed) && consumed <= mostDigits && text[0] is >= (byte)'0' and <= (byte)'9';
        text = found ? text[consumed..] : text;
        return found;
    }

    private static bool Literal(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected)
    {
        var found = text.StartsWith(expected);
        text = found ? text[expected.Length..] : text;
        return found;
    }
}
