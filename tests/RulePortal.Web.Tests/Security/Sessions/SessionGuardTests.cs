using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security.Sessions;

/// <summary>The guard of two nodes over one store.</summary>
public sealed class SessionGuardTests : IDisposable, IDbContextFactory<PortalDbContext>
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly Provider provider = new();
    private readonly SessionStore sessions;

    public SessionGuardTests()
    {
        sessions = new SessionStore(this, time);
        using var db = CreateDbContext();
        db.Database.EnsureCreated();
    }

    public void Dispose() => folder.Dispose();

    public PortalDbContext CreateDbContext() =>
        new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite($"Data Source={folder.File("portal.db")};Default Timeout=30").Options);

    [Fact]
    public async Task Judge_BothNodesAtOnceWhileTheProviderThinks_AsksOnceAndBothWait()
    {
        var key = await BeginAsync("EntraId");
        time.Advance(TimeSpan.FromMinutes(5));
        var first = Guard().JudgeAsync(key, default);
        var second = Guard().JudgeAsync(key, default);
        await provider.Asked.Task;
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);

        provider.Answer.SetResult(RoleAnswer.Confirmed(["Reader"], "next"));
        Assert.Equal(["Reader"], (await first).Live!.RoleList);
        Assert.Equal(["Reader"], (await second).Live!.RoleList);
        Assert.Equal(1, provider.Questions);
    }

    [Fact]
    public async Task Judge_WhoAskedGoesAway_TheAnswerIsKept()
    {
        var key = await BeginAsync("EntraId");
        time.Advance(TimeSpan.FromMinutes(5));
        using var gone = new CancellationTokenSource();
        var asking = Guard().JudgeAsync(key, gone.Token);
        await provider.Asked.Task;
        await gone.CancelAsync();
        provider.Answer.SetResult(RoleAnswer.Confirmed(["Reader"], "next"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.Equal("next", (await Guard().JudgeAsync(key, default)).Live!.ProtectedTokens);
        Assert.Equal(1, provider.Questions);
    }

    [Fact]
    public async Task Judge_AskingFails_CountsAsNoAnswer()
    {
        var key = await BeginAsync("EntraId");
        time.Advance(TimeSpan.FromMinutes(5));
        provider.Answer.SetException(new NotSupportedException("A bug."));
        await Assert.ThrowsAsync<NotSupportedException>(() => Guard().JudgeAsync(key, default));

        Assert.NotNull((await Guard().JudgeAsync(key, default)).Live);
        Assert.Equal(1, provider.Questions);
    }

    [Fact]
    public async Task Judge_NodeThatDiedWhileAsking_AnotherAsksAfterAWhile()
    {
        var key = await BeginAsync("EntraId");
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await sessions.TryBeginCheckAsync((await sessions.FindByKeyAsync(key, default))!, default));
        time.Advance(TimeSpan.FromSeconds(30));
        provider.Answer.SetResult(RoleAnswer.Confirmed(["Reader"], "next"));

        Assert.Equal("next", (await Guard().JudgeAsync(key, default)).Live!.ProtectedTokens);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("OpenIdConnect")]
    public async Task Judge_SessionOfAnotherMode_IsNone(string mode)
    {
        var state = await Guard().JudgeAsync(await BeginAsync(mode), default);
        Assert.Null(state.Live);
        Assert.Null(state.Ending);
    }

    [Fact]
    public async Task Judge_LapsedOrUnknown_IsNone()
    {
        var key = await BeginAsync("EntraId");
        time.Advance(Session.Length);
        Assert.Null((await Guard().JudgeAsync(key, default)).Live);
        Assert.Null((await Guard().JudgeAsync("unknown", default)).Live);
        Assert.Equal(0, provider.Questions);
    }

    private Task<string> BeginAsync(string mode) =>
        sessions.BeginAsync(new NewSession(mode, new Actor("entra:t/ada", "Ada"), ["Contributor"], Session.Length, "tokens"), default);

    private SessionGuard Guard() =>
        new(new SessionStore(this, time), Options.Create(new SignInSettings { Mode = SignInMode.EntraId }), time, NullLogger<SessionGuard>.Instance, provider);

    private sealed class Provider : IRoleCheck
    {
        private int questions;

        public int Questions => questions;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<RoleAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RecheckPolicy Policy { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));

        public Task<RoleAnswer> AskAsync(PortalSession session, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref questions);
            Asked.TrySetResult();
            return Answer.Task;
        }
    }
}
