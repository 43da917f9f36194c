using CsCheck;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Tests.Detectors;

public sealed class SubjectTests
{
    // Whatever an attacker may call a process: quotes, line ends, direction marks, emoji, JSON in JSON. Half a surrogate pair is refused on
    // the way in.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf(
            "",
            " ",
            "Chad",
            "chad",
            "Côte d'Ivoire",
            "a\"b",
            "a\\b",
            "\\u0061",
            "\r\n\t\0",
            "\u202E\u200B\uFEFF",
            "🙂",
            "null",
            "{\"a\":1}",
            "<script>&'",
            "İı",
            "é",
            "e\u0301"),
        Gen.Char.Array[0, 12].Select(characters => new string([.. characters.Where(character => !char.IsSurrogate(character))])));

    private static readonly Gen<Subject> Subjects = Gen.Select(
        Gen.Shuffle((string[])["RemoteCountry", "Computer", "ProcessName", "DestinationIp"], 0, 4), Texts.Array[4],
        (columns, values) => Subject.Of(columns.Zip(values, KeyValuePair.Create)));

    [Fact]
    public void Key_OddText_ComesBackAsTheSubjectItWas() => Subjects.Sample(subject =>
    {
        var again = Subject.Parse(subject.Key);

        Assert.Equal(subject.Values, again.Values);
        Assert.Equal(subject, again);
        Assert.Equal(subject.Key, again.Key);
        Assert.Equal(subject.GetHashCode(), again.GetHashCode());
    });

    [Fact]
    public void Equals_TwoSubjects_AreEqualExactlyWhenColumnsAndValuesAreInOrder() => Gen.Select(Subjects, Subjects).Sample((one, other) =>
    {
        Assert.Equal(one.Values.SequenceEqual(other.Values), one == other);
        Assert.Equal(one == other, one.Key == other.Key);
    });

    [Theory]
    [InlineData("Chad", "chad")]
    [InlineData("Chad", "Chad ")]
    [InlineData("é", "e\u0301")]
    [InlineData("a\0", "a")]
    [InlineData("", "\"\"")]
    public void Equals_TextsThatReadAlike_Differ(string one, string other) =>
        Assert.NotEqual(Subject.Of("RemoteCountry", one), Subject.Of("RemoteCountry", other));

    [Fact]
    public void Equals_SameValueUnderAnotherColumn_Differs() =>
        Assert.NotEqual(Subject.Of("RemoteCountry", "x"), Subject.Of("Computer", "x"));

    [Fact]
    public void Key_OneColumn_IsPlainJson() =>
        Assert.Equal("""{"RemoteCountry":"Côte d'Ivoire"}""", Subject.Of("RemoteCountry", "Côte d'Ivoire").Key);

    [Fact]
    public void None_IsEmpty()
    {
        Assert.Equal(("{}", "", true), (Subject.None.Key, Subject.None.ToString(), Subject.None.IsNone));
        Assert.Equal(Subject.None, Subject.Parse("{}"));
        Assert.False(Subject.Of("RemoteCountry", "").IsNone);
    }

    [Fact]
    public void Item_Column_IsItsValueOrNull()
    {
        var subject = Subject.Of([new("Computer", "vm-01"), new("ProcessName", "nc")]);

        Assert.Equal(("vm-01", "nc", null), (subject["Computer"], subject["ProcessName"], subject["computer"]));
    }

    [Fact]
    public void ToString_SeveralValues_IsFitForASentence()
    {
        Assert.Equal("vm-01 / nc", Subject.Of([new("Computer", "vm-01"), new("ProcessName", "nc")]).ToString());
        Assert.Equal("(empty)", Subject.Of("Computer", "").ToString());
        Subjects.Sample(
            subject => Assert.Equal(
                string.Join(" / ", subject.Values.Select(value => TelemetryText.Shown(value.Value))), subject.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("Chad")]
    [InlineData("[]")]
    [InlineData("\"Chad\"")]
    [InlineData("""{"RemoteCountry":5}""")]
    public void Parse_NoKey_IsRefused(string text) => Assert.ThrowsAny<System.Text.Json.JsonException>(() => Subject.Parse(text));
}
