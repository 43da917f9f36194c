using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security.Sessions;

public sealed class SessionCookieTests
{
    [Fact]
    public async Task Request_OfAFileOfTheSite_AsksForNoSession()
    {
        var questions = new SessionQuestions();
        await using var factory = new PortalFactory { Replace = services => services.ConfigureDbContext<PortalDbContext>(o => o.AddInterceptors(questions)) };
        using var client = await factory.SignInAsAsync("Reader");
        questions.Count = 0;

        using var file = await client.GetAsync(new Uri("/app.css", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(0, questions.Count);
        using var page = await client.GetAsync(new Uri("/rules", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(1, questions.Count);
    }

    private sealed class SessionQuestions : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count += command.CommandText.Contains("FROM \"Sessions\"", StringComparison.Ordinal) ? 1 : 0;
            return ValueTask.FromResult(result);
        }
    }
}
