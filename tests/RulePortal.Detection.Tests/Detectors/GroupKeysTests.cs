using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Tests.Detectors;

public sealed class GroupKeysTests
{
    [Fact]
    public void Hash_ValuesThatReadAlikeTogether_Differ()
    {
        string?[][] lists = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["abc", null], [null, "abc"], []];

        Assert.Equal(lists.Length, lists.Select(GroupKeys.Hash).Distinct(StringComparer.Ordinal).Count());
    }
}
