using System.Globalization;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Kit.Api;

/// <summary>Reads values from a query string, gathering what is not understood instead of stopping at it.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private static readonly TimeSpan LongestSince = TimeSpan.FromDays(3650);

    private readonly List<QueryFault> faults = [];

    /// <summary>Every value that was left out for being no value.</summary>
    public IReadOnlyList<QueryFault> Faults => faults;

    // Enum.TryParse takes numbers too, and several names at once.
    public static bool TryName<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value) && text.All(char.IsAsciiLetter);

    public IReadOnlyList<T> Names<T>(string key)
        where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var text in Values(key))
        {
            if (TryName<T>(text, out var value))
            {
                values.Add(value);
            }
            else
            {
                Fault(key, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>())}.");
            }
        }

        return [.. values.Distinct().Order()];
    }

    public TimeSpan? Since()
    {
        if (Single("since") is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var since, out var error) && since > TimeSpan.Zero && since <= LongestSince)
        {
            return since;
        }

        Fault("since", error ?? $"The duration must be more than 0 and at most {LongestSince.TotalDays:0} d.");
        return null;
    }

    public DateTime? Instant(string key)
    {
        if (Single(key) is not { } text)
        {
            return null;
        }

        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        Fault(key, $"'{text}' is not an instant; write one such as 2026-03-10T12:00:00Z.");
        return null;
    }

    public string? Text(string key, int longest)
    {
        var text = Single(key)?.Trim();
        if (text?.Length > longest)
        {
            Fault(key, $"At most {longest} characters; these are {text.Length}.");
            return null;
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Single(key) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(key, $"'{text}' is not a number from {least} to {most}.");
        return otherwise;
    }

    public long? Id(string key)
    {
        if (Single(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        Fault(key, $"'{text}' is not a number.");
        return null;
    }

    public string? Single(string key)
    {
        var values = Values(key).ToList();
        if (values.Count > 1)
        {
            Fault(key, "It can be given once only.");
        }

        return values.FirstOrDefault();
    }

    public IEnumerable<string> Values(string key) => query[key].OfType<string>().Where(text => text.Length > 0);

    public void Fault(string parameter, string message) => faults.Add(new QueryFault(parameter, message));
}

/// <summary>A value of a query string that is not understood.</summary>
/// <param name="Parameter">Its key.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal sealed record QueryFault(string Parameter, string Message);
