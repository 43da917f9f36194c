using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Web.Security;
using RulePortal.Web.Shell;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>Walks every route of the running application as everybody and compares with <see cref="RouteTable"/>.</summary>
public sealed class RoutesTests(PortalFactory factory) : IClassFixture<PortalFactory>
{
    [Fact]
    public void Routes_All_HaveARow()
    {
        var routes = Routes().Select(r => r.Row).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(routes.Except(RouteTable.Rows.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Empty(RouteTable.Rows.Keys.Except(routes, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Routes_AsEverybody_LetThroughWhomTheTableSays()
    {
        var wrong = new List<string>();
        foreach (var caller in Callers.All)
        {
            using var client = await Callers.ClientAsync(factory, caller);
            foreach (var (row, method, path) in Routes())
            {
                var policy = RouteTable.Rows.GetValueOrDefault(row);
                var expected = policy is RouteTable.Anybody || Callers.PoliciesOf(caller).Contains(policy, StringComparer.Ordinal);
                using var request = new HttpRequestMessage(method, path);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if (IsRefusal(answer) == expected)
                {
                    wrong.Add($"{row} as {caller}: {(int)answer.StatusCode} {answer.Headers.Location}, the table says {policy ?? "nothing"}");
                }

                if (answer.Headers.Location?.OriginalString is { } to && to.StartsWith("/denied?needs=", StringComparison.Ordinal) && to != $"/denied?needs={Policies.RoleNeeded(policy)}")
                {
                    wrong.Add($"{row} as {caller} is told {to}, the table says {policy}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Routes_AskedByAForeignPage_AreRefusedWhoeverVisitsIt()
    {
        var wrong = new List<string>();
        using var client = await factory.SignInAsAsync(PortalRoles.Administrator);
        foreach (var (row, method, path) in Routes())
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { { "Origin", "http://localhost:81" }, { "Sec-Fetch-Site", "same-site" }, { "Sec-Fetch-Mode", "cors" } } };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode is not HttpStatusCode.Forbidden || answer.Headers.Location is not null)
            {
                wrong.Add($"{row}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    private static bool IsRefusal(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.StatusCode is HttpStatusCode.Redirect
            && answer.Headers.Location?.OriginalString is { } to
            && (to.StartsWith("/signin", StringComparison.Ordinal) || to.StartsWith("/denied", StringComparison.Ordinal)));

    private IEnumerable<(string Row, HttpMethod Method, string Path)> Routes()
    {
        foreach (var endpoint in factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => !IsStaticFile(e)))
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Sample))));
            if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            {
                yield return ("PAGE " + pattern, HttpMethod.Get, path);
                continue;
            }

            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            if (methods.Count == 0)
            {
                yield return ("ANY " + pattern, HttpMethod.Get, path);
            }

            foreach (var method in methods)
            {
                yield return ($"{method} {pattern}", new HttpMethod(method), path);
            }
        }
    }

    // The build's own list of files under wwwroot, and the answer for a file that is not there.
    private static bool IsStaticFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.RoutePattern.RawText == "{**path:file}";

    private static string Sample(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "documentName" } => "v1",
        RoutePatternParameterPart parameter => parameter.ParameterPolicies.Any(p => p.Content is "int" or "long") ? "404"
            : parameter.ParameterPolicies.Any(p => p.Content == "guid") ? Guid.Empty.ToString()
            : "none",
        _ => "",
    };
}
