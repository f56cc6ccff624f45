using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Events;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Tests.Conventions;
using TradeSense.Tests.Fixture;
using TradeSense.Web;
using TradeSense.Web.Api.V2;

namespace TradeSense.Tests.Web.Api;

/// <summary>The document is written by hand, so tests hold it to the code: routes, shapes, codes, words and statuses.</summary>
public sealed class ApiDocumentTests(Site site)
{
    /// <summary>Refusals of commands that the API does not offer.</summary>
    private static readonly Refusal[] Elsewhere = [TradingRefusal.InvalidAmount, TradingRefusal.AccountNotFailed];

    private static readonly JsonObject Document = new ApiDocument().Root;

    [Fact]
    public void Every_route_is_described_and_every_description_has_a_route()
    {
        var mapped = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v2/", StringComparison.Ordinal))
            .Where(endpoint => !endpoint.RoutePattern.RawText!.EndsWith("openapi.json", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Plain(endpoint.RoutePattern.RawText!["/api/v2".Length..])}"));
        var described = Operations().Select(operation => $"{operation.Method} {operation.Path}");

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_operation_that_trades_names_the_scope_trade_and_one_that_reads_the_scope_read()
    {
        var wrong = Operations().Where(operation => (string)operation.Node["security"]![0]!["key"]![0]! != (operation.Method == "GET" ? "read" : "trade"));

        Assert.Empty(wrong.Select(operation => operation.Path));
    }

    [Theory]
    [InlineData(typeof(AccountAnswer), "Account")]
    [InlineData(typeof(AccountFigures), "AccountFigures")]
    [InlineData(typeof(AccountListAnswer), "AccountList")]
    [InlineData(typeof(PositionAnswer), "Position")]
    [InlineData(typeof(PositionListAnswer), "PositionList")]
    [InlineData(typeof(OrderAnswer), "Order")]
    [InlineData(typeof(OrderListAnswer), "OrderList")]
    [InlineData(typeof(TradeAnswer), "Trade")]
    [InlineData(typeof(TradeListAnswer), "TradeList")]
    [InlineData(typeof(InstrumentAnswer), "Instrument")]
    [InlineData(typeof(QuoteAnswer), "Quote")]
    [InlineData(typeof(CommandAnswer), "Command")]
    [InlineData(typeof(ApiEvent), "Event")]
    [InlineData(typeof(NewLeg), "OcoLeg")]
    [InlineData(typeof(ChangedOrder), "ChangedOrder")]
    [InlineData(typeof(ChangedPosition), "ChangedPosition")]
    [InlineData(typeof(ClosedPosition), "ClosedPosition")]
    [InlineData(typeof(ClosedAll), "ClosedAll")]
    [InlineData(typeof(ReversedPosition), "ReversedPosition")]
    [InlineData(typeof(TrailingStop), "TrailingStop")]
    [InlineData(typeof(BreakevenStop), "BreakevenStop")]
    [InlineData(typeof(TimeStop), "TimeStop")]
    public void A_shape_has_the_fields_of_its_type(Type type, string shape) => Assert.Equal(Fields(type), Names(shape).Order(StringComparer.Ordinal));

    [Fact]
    public void The_order_types_together_have_the_fields_of_an_order()
    {
        var types = Document["components"]!["schemas"]!["NewOrder"]!["oneOf"]!.AsArray().Select(type => ((string)type!["$ref"]!).Split('/')[^1]);

        Assert.Equal(Fields(typeof(NewOrder)), types.SelectMany(Names).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_event_is_described()
    {
        var kinds = typeof(EngineEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(EngineEvent))).Select(type => JsonNamingPolicy.CamelCase.ConvertName(type.Name));

        Assert.Equal(kinds.Order(StringComparer.Ordinal), Words("Event", "type").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_refusal_is_listed_with_its_status_and_words()
    {
        var words = new Refusals().Words;
        var known = Refusals(typeof(TradingRefusal)).Concat(Refusals(typeof(ApiRefusal))).Except(Elsewhere)
            .Select(refusal => $"{refusal.Code} {ApiProblems.StatusOf(refusal)} {words[refusal.Code]}");
        var listed = Document["x-refusals"]!.AsObject().Select(pair => $"{pair.Key} {pair.Value!["status"]} {pair.Value["words"]}").ToList();

        Verdict.NoOffences(known.Except(listed).Concat(listed.Except(known)));
        Assert.Equal(Document["x-refusals"]!.AsObject().Select(pair => pair.Key).Concat(["http.404", "http.405", "http.500"]).Order(StringComparer.Ordinal), Words("Problem", "code").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_status_an_operation_answers_with_is_described_and_every_reference_leads_somewhere()
    {
        var text = Document.ToJsonString();
        foreach (var reference in System.Text.RegularExpressions.Regex.Matches(text, "\"\\$ref\":\"#/([^\"]+)\"").Select(match => match.Groups[1].Value).Distinct())
            Assert.NotNull(reference.Split('/').Aggregate((JsonNode?)Document, (node, part) => node?[part]));

        foreach (var (_, path, operation) in Operations())
        {
            var answers = operation["responses"]!.AsObject().Select(pair => pair.Key).ToList();
            Assert.True(answers.Contains("401") && answers.Contains("429") && answers.Contains("200"), path);
        }
    }

    private static IEnumerable<Refusal> Refusals(Type type) =>
        type.GetProperties(BindingFlags.Static | BindingFlags.Public).Where(property => property.PropertyType == typeof(Refusal)).Select(property => (Refusal)property.GetValue(null)!);

    private static IEnumerable<(string Method, string Path, JsonNode Node)> Operations() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    private static string Plain(string route) => route.Replace("{id:guid}", "{accountId}", StringComparison.Ordinal)
        .Replace("orders/{number:int}", "orders/{order}", StringComparison.Ordinal).Replace("positions/{number:int}", "positions/{position}", StringComparison.Ordinal).TrimEnd('/');

    private static IEnumerable<string> Fields(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(string shape) => Document["components"]!["schemas"]![shape]!["properties"]!.AsObject().Select(pair => pair.Key);

    private static IEnumerable<string> Words(string shape, string field) => Document["components"]!["schemas"]![shape]!["properties"]![field]!["enum"]!.AsArray().Select(word => (string)word!);
}
