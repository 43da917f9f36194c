using System.Globalization;

namespace RulePortal.Detection.Taxonomy;

/// <summary>What is known of each tactic: its words, its ATT&amp;CK id, its place in the matrix.</summary>
public static class AttackTactics
{
    /// <summary>Every tactic in matrix order.</summary>
    public static IReadOnlyList<AttackTactic> InMatrixOrder { get; } = Enum.GetValues<AttackTactic>();

    /// <summary>The tactic's name as a person reads it, such as "Command and Control".</summary>
    public static string DisplayName(this AttackTactic tactic) => tactic switch
    {
        AttackTactic.ResourceDevelopment => "Resource Development",
        AttackTactic.InitialAccess => "Initial Access",
        AttackTactic.PrivilegeEscalation => "Privilege Escalation",
        AttackTactic.DefenseEvasion => "Defense Evasion",
        AttackTactic.CredentialAccess => "Credential Access",
        AttackTactic.LateralMovement => "Lateral Movement",
        AttackTactic.CommandAndControl => "Command and Control",
        AttackTactic.ImpairProcessControl => "Impair Process Control",
        AttackTactic.InhibitResponseFunction => "Inhibit Response Function",
        AttackTactic.PreAttack => "Pre-Attack",
        _ => tactic.ToString(),
    };

    /// <summary>The tactic's ATT&amp;CK id, or null for the retired PreAttack.</summary>
    public static string? AttackId(this AttackTactic tactic) => tactic switch
    {
        AttackTactic.Reconnaissance => "TA0043",
        AttackTactic.ResourceDevelopment => "TA0042",
        AttackTactic.InitialAccess => "TA0001",
        AttackTactic.Execution => "TA0002",
        AttackTactic.Persistence => "TA0003",
        AttackTactic.PrivilegeEscalation => "TA0004",
        AttackTactic.DefenseEvasion => "TA0005",
        AttackTactic.CredentialAccess => "TA0006",
        AttackTactic.Discovery => "TA0007",
        AttackTactic.LateralMovement => "TA0008",
        AttackTactic.Collection => "TA0009",
        AttackTactic.CommandAndControl => "TA0011",
        AttackTactic.Exfiltration => "TA0010",
        AttackTactic.Impact => "TA0040",
        AttackTactic.ImpairProcessControl => "TA0106",
        AttackTactic.InhibitResponseFunction => "TA0107",
        _ => null,
    };

    /// <summary>Reads a tactic as rule texts spell it: any case, with or without a leading <c>#</c>, blanks or hyphens.</summary>
    /// <param name="text">What the rule says, such as <c>#Discover</c>.</param>
    /// <param name="tactic">The tactic meant.</param>
    /// <param name="note">A sentence for people when the text is not a tactic's own name but stands for one; otherwise null.</param>
    /// <returns>False when the text stands for no tactic.</returns>
    public static bool TryParse(string text, out AttackTactic tactic, out string? note)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = string.Concat(text.Where(char.IsLetterOrDigit));
        note = null;
        if (!int.TryParse(key, CultureInfo.InvariantCulture, out _) && Enum.TryParse(key, ignoreCase: true, out tactic))
        {
            return true;
        }

        (tactic, var known) = key.ToUpperInvariant() switch
        {
            "DISCOVER" => (AttackTactic.Discovery, true),
            "C2" => (AttackTactic.CommandAndControl, true),
            "CREDENTIALHARVESTING" => (AttackTactic.CredentialAccess, true),
            "PROBING" => (AttackTactic.Reconnaissance, true),
            _ => (default, false),
        };
        if (known)
        {
            note = $"'{text}' is no tactic of ATT&CK; it is read as {tactic.DisplayName()}.";
        }

        return known;
    }
}
