using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;

namespace RulePortal.Data.Intake.Formats;

/// <summary>Writes the JSON object of every column that is not stored by itself. Used again for every row.</summary>
internal sealed class DetailsWriter
{
    private readonly ArrayBufferWriter<byte> json = new(1024);
    private readonly List<(int Start, int Length)> names = [];

    /// <summary>The object so far, without its closing brace; empty when nothing was added.</summary>
    public ReadOnlySpan<byte> Written => json.WrittenSpan;

    public void Begin()
    {
        json.ResetWrittenCount();
        names.Clear();
    }

    public void End()
    {
        if (json.WrittenCount > 0)
        {
            json.Write("}"u8);
        }
    }

    /// <summary>Begins a member whose name is known not to have come before.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        json.Write(json.WrittenCount == 0 ? "{"u8 : ","u8);
        Text(name);
        json.Write(":"u8);
    }

    /// <summary>Begins a member of any name; false when it came before.</summary>
    public bool TryName(ReadOnlySpan<byte> name)
    {
        var start = json.WrittenCount;
        Name(name);
        var (first, length) = (start + 1, json.WrittenCount - start - 1);
        var isNew = true;
        foreach (var other in names)
        {
            isNew &= other.Length != length || !json.WrittenSpan.Slice(other.Start, length).SequenceEqual(json.WrittenSpan.Slice(first, length));
        }

        names.Add((first, length));
        return isNew;
    }

    /// <summary>Writes a value that is JSON already.</summary>
    public void Json(ReadOnlySpan<byte> value) => json.Write(value);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, json.GetSpan(20), out var written);
        json.Advance(written);
    }

    public void Number(double value)
    {
        Utf8Formatter.TryFormat(value, json.GetSpan(32), out var written);
        json.Advance(written);
    }

    public void Text(ReadOnlySpan<byte> value)
    {
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Write("\""u8);
        if (encoder.FindFirstCharacterToEncodeUtf8(value) < 0)
        {
            json.Write(value);
        }
        else
        {
            var most = value.Length * encoder.MaxOutputCharactersPerInputCharacter;
            encoder.EncodeUtf8(value, json.GetSpan(most), out _, out var written);
            json.Advance(written);
        }

        json.Write("\""u8);
    }
}
