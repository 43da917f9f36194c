using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Kit.Controls;

/// <summary>One filter: a button that tells it and opens its choices.</summary>
public sealed partial class FilterMenu<TValue>
{
    private const int Named = 2;

    /// <summary>What is filtered, such as "Severity".</summary>
    [Parameter]
    [EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<FilterOption<TValue>> Options { get; set; }

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<TValue> Chosen { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<TValue>> ChosenChanged { get; set; }

    /// <summary>Whether several can be chosen at once.</summary>
    [Parameter]
    public bool Many { get; set; }

    /// <summary>What stands for a chosen value that is no option, such as a range.</summary>
    [Parameter]
    public Func<TValue, string>? Name { get; set; }

    /// <summary>Further menu items.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Words => Chosen.Count switch
    {
        0 => Label,
        > Named => string.Create(CultureInfo.InvariantCulture, $"{Label}: {Chosen.Count}"),
        _ => $"{Label}: {string.Join(", ", Chosen.Select(NameOf))}",
    };

    private string Icon(bool chosen) => (Many, chosen) switch
    {
        (true, true) => Icons.Material.Filled.CheckBox,
        (true, false) => Icons.Material.Filled.CheckBoxOutlineBlank,
        (false, true) => Icons.Material.Filled.RadioButtonChecked,
        (false, false) => Icons.Material.Filled.RadioButtonUnchecked,
    };

    private string NameOf(TValue value) =>
        Options.FirstOrDefault(option => EqualityComparer<TValue>.Default.Equals(option.Value, value))?.Text ?? Name?.Invoke(value) ?? value?.ToString() ?? "";

    private Task ToggleAsync(TValue value) => ChosenChanged.InvokeAsync(
        !Many ? [value] : Chosen.Contains(value) ? [.. Chosen.Where(other => !EqualityComparer<TValue>.Default.Equals(other, value))] : [.. Chosen, value]);
}

/// <summary>One choice of a filter.</summary>
/// <param name="Value">What it filters by.</param>
/// <param name="Text">Its words.</param>
public sealed record FilterOption<TValue>(TValue Value, string Text);
