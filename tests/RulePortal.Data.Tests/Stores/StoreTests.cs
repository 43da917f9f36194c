namespace RulePortal.Data.Tests.Stores;

/// <summary>Tests that hold on every database: a class of them is abstract, with one heir for each.</summary>
public abstract class StoreTests(StoreKind kind) : IAsyncLifetime
{
    private TestStore? _store;

    private protected TestStore Store => _store!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync(kind);

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
