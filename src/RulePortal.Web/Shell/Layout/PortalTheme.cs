using MudBlazor;

namespace RulePortal.Web.Shell.Layout;

/// <summary>The colours and type of the portal: quiet, dense, and every text at least 4.5 to 1 against its ground.</summary>
internal static class PortalTheme
{
    private static readonly string[] Font = ["Roboto", "Segoe UI", "Helvetica", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f5ea8",
            PrimaryContrastText = "#ffffff",
            Secondary = "#44546a",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#5b4b9a",
            Info = "#0b6484",
            InfoContrastText = "#ffffff",
            Success = "#1b6e34",
            SuccessContrastText = "#ffffff",
            Warning = "#8a5300",
            WarningContrastText = "#ffffff",
            Error = "#b3261e",
            ErrorContrastText = "#ffffff",
            TextPrimary = "#1a2128",
            TextSecondary = "#4c5864",
            TextDisabled = "#6b7681",
            ActionDefault = "#4c5864",
            Background = "#f5f6f8",
            BackgroundGray = "#eceef1",
            Surface = "#ffffff",
            AppbarBackground = "#1c2733",
            AppbarText = "#f2f5f8",
            DrawerBackground = "#ffffff",
            DrawerText = "#1a2128",
            DrawerIcon = "#4c5864",
            LinesDefault = "#dde1e6",
            LinesInputs = "#7d8894",
            TableLines = "#e3e6ea",
            TableHover = "#f0f4f8",
            Divider = "#dde1e6",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#83b9f2",
            PrimaryContrastText = "#0c1620",
            Secondary = "#a9b7c6",
            SecondaryContrastText = "#0c1620",
            Tertiary = "#b9aef0",
            Info = "#7cc8e6",
            InfoContrastText = "#0c1620",
            Success = "#84d398",
            SuccessContrastText = "#0c1620",
            Warning = "#efbb62",
            WarningContrastText = "#1a1204",
            Error = "#ff9a90",
            ErrorContrastText = "#240806",
            TextPrimary = "#e6eaee",
            TextSecondary = "#aab4be",
            TextDisabled = "#7f8a95",
            ActionDefault = "#aab4be",
            Background = "#13171c",
            BackgroundGray = "#0f1317",
            Surface = "#1b2027",
            AppbarBackground = "#0f1419",
            AppbarText = "#e6eaee",
            DrawerBackground = "#171c22",
            DrawerText = "#e6eaee",
            DrawerIcon = "#aab4be",
            LinesDefault = "#2d353e",
            LinesInputs = "#77828d",
            TableLines = "#2a3139",
            TableHover = "#222931",
            Divider = "#2d353e",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".875rem", LineHeight = "1.43", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Font, FontSize = "1.375rem", FontWeight = "500", LineHeight = "1.3", LetterSpacing = "normal" },
            H2 = new H2Typography { FontFamily = Font, FontSize = "1.0625rem", FontWeight = "500", LineHeight = "1.4", LetterSpacing = "normal" },
            H3 = new H3Typography { FontFamily = Font, FontSize = ".9375rem", FontWeight = "500", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Font, FontSize = ".9375rem", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Font, FontSize = ".875rem", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = ".875rem", FontWeight = "500", TextTransform = "none", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Font, FontSize = ".75rem", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "4px", AppbarHeight = "48px", DrawerWidthLeft = "200px" },
    };
}
