namespace RulePortal.Data.Security;

/// <summary>Who has signed in.</summary>
/// <param name="Total">How many people there are.</param>
/// <param name="People">Those seen last, the last first.</param>
/// <value>At most <see cref="PeopleReader.Most"/> of them beside those with an open session.</value>
public sealed record SeenPeople(int Total, IReadOnlyList<SeenPerson> People);
