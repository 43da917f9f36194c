using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Which part of a list is shown, and the addresses of the parts beside it.</summary>
public sealed partial class Pager
{
    private const int MostPages = 1_000_000;

    /// <summary>From 1.</summary>
    [Parameter]
    [EditorRequired]
    public int Page { get; set; }

    /// <summary>Items a page.</summary>
    [Parameter]
    [EditorRequired]
    public int Size { get; set; }

    [Parameter]
    [EditorRequired]
    public int Total { get; set; }

    /// <summary>Whether there are more than <see cref="Total"/>.</summary>
    [Parameter]
    public bool TotalIsCapped { get; set; }

    /// <summary>Address of a page.</summary>
    [Parameter]
    [EditorRequired]
    public required Func<int, string> Link { get; set; }

    /// <summary>What is paged, for a screen reader, such as "Pages of alerts".</summary>
    [Parameter]
    public string Label { get; set; } = "Pages";

    /// <summary>Anything else, such as the choice of a page's size.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private bool IsPastTheEnd => Page > 1 && !TotalIsCapped && (Page - 1L) * Size >= Total;

    private bool HasNext => TotalIsCapped || (long)Page * Size < Total;

    private string Pages => TotalIsCapped ? "many" : Math.Max(1, (Total + Size - 1) / Size).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The number of a page in an address; whatever is no such number is the first page.</summary>
    public static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostPages ? number : 1;

    private string Words
    {
        get
        {
            var total = Total.ToString("N0", CultureInfo.InvariantCulture) + (TotalIsCapped ? "+" : "");
            var first = ((Page - 1) * Size) + 1;
            var last = TotalIsCapped ? Page * Size : Math.Min(Page * Size, Total);
            return Total == 0 ? "None" : string.Create(CultureInfo.InvariantCulture, $"{first:N0}\u2013{last:N0} of {total}");
        }
    }
}
