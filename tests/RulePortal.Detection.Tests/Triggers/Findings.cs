using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Tests.Triggers;

internal static class Findings
{
    public static IReadOnlyList<Finding> Some(int count) =>
        [
            .. Enumerable.Range(0, count)
                .Select(number => new Finding([], [], Subject.None, GroupKeys.Hash([$"{number}"]), new Explanation("", "", [], []))),
        ];
}
