using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Rules.Testing;

/// <summary>What a rule would have found at an instant. Nothing of it is stored.</summary>
/// <param name="AsOfUtc">The instant.</param>
/// <param name="Window">The window that ends there.</param>
/// <param name="ResultCount">Result rows found.</param>
/// <param name="WouldFire">Whether that many meet the trigger.</param>
/// <param name="Trigger">The trigger in words, such as "more than 5".</param>
/// <param name="Results">The result rows, at most <see cref="RuleTester.MostResults"/>.</param>
/// <param name="Notes">What a scheduled run would have done otherwise, as sentences.</param>
internal sealed record RuleTest(DateTime AsOfUtc, TimeRange Window, int ResultCount, bool WouldFire, string Trigger, IReadOnlyList<Finding> Results, IReadOnlyList<string> Notes);
