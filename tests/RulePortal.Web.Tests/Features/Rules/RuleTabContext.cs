using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>Opens the Rule page at a tab.</summary>
public abstract class RuleTabContext : RulePageContext
{
    private protected IRenderedComponent<Harness<RulePage>> page = null!;

    private protected async Task OpenAsync(string role, string tab)
    {
        await AddRuleAsync();
        Open(role, tab);
    }

    private protected void Open(string role, string tab)
    {
        SignIn(role);
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab={tab}");
        page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));
    }
}
