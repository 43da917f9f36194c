using RulePortal.Detection.Simulation;

namespace RulePortal.Web.Features.Tuning.Versions;

/// <summary>One of two versions that are compared.</summary>
/// <param name="Title">Its name for people.</param>
/// <param name="WhatIf">The pass that answers for it.</param>
/// <param name="Setting">The setting of that pass.</param>
public sealed record ComparedVersion(string Title, WhatIf WhatIf, WhatIfSetting Setting);
