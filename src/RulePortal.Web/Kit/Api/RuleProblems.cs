using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Detection.Rules;

namespace RulePortal.Web.Kit.Api;

/// <summary>Faults of a rule, or of what is asked of one.</summary>
internal static class RuleProblems
{
    /// <summary>422 with the complete list of faults: code, field, message.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<RuleError> errors) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        "Not valid",
        errors is [var only] ? only.Message : $"There are {errors.Count} faults; 'errors' lists each with its field.",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = errors });
}
