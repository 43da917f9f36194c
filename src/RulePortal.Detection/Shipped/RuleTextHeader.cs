using System.Text.RegularExpressions;

namespace RulePortal.Detection.Shipped;

/// <summary>Reads the comment header of a rule text: <c>// Key: value</c> lines before the query.</summary>
public sealed partial class RuleTextHeader
{
    private readonly Dictionary<string, string> fields;

    private RuleTextHeader(Dictionary<string, string> fields, string query)
    {
        this.fields = fields;
        Query = query;
    }

    /// <summary>The text after the header, untouched.</summary>
    public string Query { get; }

    /// <summary>The value of a field.</summary>
    /// <param name="name">As the header spells it, in any case.</param>
    /// <exception cref="FormatException">The header has no such field.</exception>
    public string this[string name] => fields.TryGetValue(name, out var value) ? value : throw new FormatException($"The rule's header has no field '{name}'.");

    /// <summary>Reads a rule text.</summary>
    /// <param name="text">Comment lines, then the query. A comment line without a key continues the field above it, unless an empty comment line came between.</param>
    public static RuleTextHeader Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var header = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? open = null;
        var position = 0;
        while (position < text.Length)
        {
            var end = text.IndexOf('\n', position) is >= 0 and var feed ? feed + 1 : text.Length;
            var line = text[position..end].Trim();
            if (!line.StartsWith("//", StringComparison.Ordinal))
            {
                break;
            }

            position = end;
            var comment = line[2..].Trim();
            if (Field().Match(comment) is { Success: true } field)
            {
                open = field.Groups["key"].Value;
                header[open] = field.Groups["value"].Value;
            }
            else if (comment.Length == 0)
            {
                open = null;
            }
            else if (open is not null)
            {
                header[open] = $"{header[open]} {comment}";
            }
        }

        return new RuleTextHeader(header, text[position..]);
    }

    [GeneratedRegex(@"^(?<key>[A-Za-z]+):\s*(?<value>.*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
