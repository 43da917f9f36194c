using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Security;

public abstract class ApiKeyStoreTests(StoreKind kind) : StoreTests(kind)
{
    private ApiKeyStore Keys => new(Store, Store.Clock);

    [Fact]
    public async Task CreateAsync_NameInForce_IsNullAndLeavesNoEntry()
    {
        Assert.NotNull(await CreateAsync(Keys, "collector"));

        Assert.Null(await CreateAsync(Keys, "collector"));

        await AssertOneAsync();
    }

    [Fact]
    public async Task CreateAsync_NameTakenBetweenTheQuestionAndTheWriting_IsNullAndLeavesNoEntry()
    {
        var late = new ApiKeyStore(new OvertakenStore(Store, () => CreateAsync(Keys, "collector")), Store.Clock);

        Assert.Null(await CreateAsync(late, "collector"));

        await AssertOneAsync();
    }

    [Fact]
    public async Task CreateAsync_ManyAtOnce_OneIsMade()
    {
        string?[] made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateAsync(Keys, "collector")));

        Assert.Single(made, secret => secret is not null);
        await AssertOneAsync();
    }

    [Fact]
    public async Task CreateAsync_NameOfRevokedKeys_IsFreeAgain()
    {
        for (int i = 0; i < 2; i++)
        {
            Assert.NotNull(await CreateAsync(Keys, "collector"));
            Assert.NotNull(await Keys.RevokeAsync("collector", TestStore.Ada, default));
        }

        Assert.NotNull(await CreateAsync(Keys, "collector"));
        Assert.Equal(3, (await Keys.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Index_TwoInForceOfOneName_IsHeldByTheDatabase()
    {
        await using PortalDbContext db = Store.CreateDbContext();
        db.ApiKeys.AddRange(Key(1), Key(2));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    private static Task<string?> CreateAsync(ApiKeyStore keys, string name) => keys.CreateAsync(name, ApiKeyRole.Reader, expiresUtc: null, TestStore.Ada, default);

    private static ApiKey Key(byte number) => new()
    {
        Id = Guid.NewGuid(), Name = "collector", Prefix = "rp_", Hash = [number], Role = ApiKeyRole.Reader, CreatedUtc = new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc), CreatedBy = "Ada",
    };

    private async Task AssertOneAsync()
    {
        Assert.Single(await Keys.ListAsync(default));
        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Single(await db.AuditEntries.Where(e => e.Action == AuditActions.KeyCreate).ToListAsync());
    }
}

public sealed class SqliteApiKeyStoreTests() : ApiKeyStoreTests(StoreKind.Sqlite);

public sealed class SqlServerApiKeyStoreTests() : ApiKeyStoreTests(StoreKind.SqlServer);
