using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Tests.Connections;

public sealed class ConnectionColumnsTests
{
    [Fact]
    public void List_StoredTexts_FitTheDictionary() =>
        Assert.DoesNotContain(ConnectionColumns.All, column => column is { IsStored: true, IsText: true, MaxLength: not (> 0 and <= 400) });

    [Fact]
    public void List_Ordinals_AreTheIndexes() => Assert.Equal(Enumerable.Range(0, ConnectionColumns.All.Count), ConnectionColumns.All.Select(column => column.Ordinal));

    [Fact]
    public void List_EveryColumnOfARecord_IsInItUnderItsNameAndStored()
    {
        var properties = typeof(VmConnection).GetProperties().Select(property => property.Name).Where(name => name != nameof(VmConnection.Details));

        Assert.DoesNotContain(properties, name => ConnectionColumns.Find(name) is not { IsStored: true });
    }

    [Fact]
    public void List_Descriptions_AreSentences() =>
        Assert.Empty(ConnectionColumns.All.Where(column => column.Description is not { Length: > 10 and < 120 } text || text[^1] != '.').Select(column => column.Name));
}
