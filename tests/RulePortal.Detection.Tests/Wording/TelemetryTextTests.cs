using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Tests.Wording;

public sealed class TelemetryTextTests
{
    [Theory]
    [InlineData("curl", "curl")]
    [InlineData("Côte d'Ivoire 日本 🙂", "Côte d'Ivoire 日本 🙂")]
    [InlineData("", "(empty)")]
    [InlineData(" ", " ")]
    [InlineData("a\r\nb\0c\u2028d", "a\uFFFD\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("\u202Egpj.exe\u200B", "\uFFFDgpj.exe\uFFFD")]
    public void Shown_Text_KeepsWhatCanBeSeen(string text, string shown) => Assert.Equal(shown, TelemetryText.Shown(text));

    [Fact]
    public void Shown_HalfASurrogatePair_IsReplaced() => Assert.Equal("a\uFFFDb", TelemetryText.Shown("a" + (char)0xD83D + "b"));

    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public void Shown_UpToAHundredCharacters_IsWhole(int length)
    {
        var text = string.Concat(Enumerable.Repeat("🙂", length)).Substring(0, Math.Min(length, 100) * 2);

        Assert.Equal(text, TelemetryText.Shown(text));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(5_000_000)]
    public void Shown_Longer_IsCutInTheMiddle(int length)
    {
        var text = new string('a', 60) + new string('m', length - 60 - 39) + new string('z', 39);

        Assert.Equal($"{new string('a', 60)}…{new string('z', 39)}", TelemetryText.Shown(text));
    }
}
