namespace RulePortal.Detection.Pins;

/// <summary>A result row of a pinned alert, by name.</summary>
/// <param name="GroupKey">The finding's <see cref="Detectors.Finding.GroupKey"/>: process, host, addresses and what else the query groups by.</param>
/// <param name="Country">The country it names; empty when it names none.</param>
public sealed record PinnedRow(string GroupKey, string Country);
