namespace RulePortal.Web.Kit.Api;

/// <summary>A value of a query string that is not understood.</summary>
/// <param name="Parameter">Its key.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal sealed record QueryFault(string Parameter, string Message);
