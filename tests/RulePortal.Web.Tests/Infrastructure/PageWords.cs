using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>Finds controls as a person does: by what is written on them.</summary>
internal static class PageWords
{
    public static IElement Field(this IRenderedComponent<IComponent> page, string label)
    {
        var target = page.FindAll("label").Single(element => element.TextContent.Trim() == label && element.HasAttribute("for")).GetAttribute("for");
        return page.Find($"[id='{target}']");
    }

    public static Task TypeAsync(this IRenderedComponent<IComponent> page, string label, string text) =>
        page.Field(label).InputAsync(new ChangeEventArgs { Value = text });

    public static IElement Button(this IRenderedComponent<IComponent> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);
}
