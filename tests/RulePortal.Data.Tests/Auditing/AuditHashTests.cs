using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Auditing;

public sealed class AuditHashTests
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    // Chains out there were made with these bytes: this hash must never change.
    [Fact]
    public void Of_KnownEntry_IsTheHashOfItsDocumentedBytes()
    {
        var entry = new AuditEntry(Noon, new Actor("dev:ada", "Ada") { Origin = "192.0.2.1", Rights = ActorRights.All }, AuditActions.RuleSave, "rule:é", "{}", after: null) { Detail = "" };
        using var bytes = new MemoryStream();
        bytes.WriteByte(1);
        bytes.Write(AuditHash.Origin);
        Number(7);
        Number(0);
        Number(Noon.Ticks);
        foreach (string? text in new[] { "dev:ada", "Ada", "192.0.2.1", "rule.save", "rule:é" })
        {
            Text(text);
        }

        Number(0);
        Number(1);
        Text("");
        Text("{}");
        Number(-1);

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()), AuditHash.Of(AuditHash.Origin, 7, entry));

        void Number(long number) => bytes.Write([.. BitConverter.GetBytes(number).Reverse()]);

        void Text(string text)
        {
            byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(text);
            Number(utf8.Length);
            bytes.Write(utf8);
        }
    }

    [Fact]
    public void Of_TextMovedToTheNextField_IsAnotherHash()
    {
        var one = new AuditEntry(Noon, new Actor("ab", "c"), AuditActions.PageOpen, "x");
        var other = new AuditEntry(Noon, new Actor("a", "bc"), AuditActions.PageOpen, "x");

        Assert.NotEqual(AuditHash.Of(AuditHash.Origin, 1, one), AuditHash.Of(AuditHash.Origin, 1, other));
    }
}
