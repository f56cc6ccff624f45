using System.Globalization;
using TradeSense.Engine.Instruments;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>Which symbol comes from which venue, and how the venues are reached.</summary>
public sealed record LiveOptions
{
    public IReadOnlyList<FeedRoute> Routes { get; init; } = [];
    public Uri BinanceUrl { get; init; } = new("wss://stream.binance.com:9443");
    public Uri PolygonUrl { get; init; } = new("wss://socket.polygon.io/forex");
    public string? PolygonKey { get; init; }
    public FixOptions? Fix { get; init; }

    /// <summary>A connection on which nothing at all was heard for this long is opened anew. Venues ping more often.</summary>
    public TimeSpan HeardWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first wait after a lost connection; it doubles each time up to <see cref="LongestWait"/>, and chance takes up to half of it.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between attempts of somebody who is not let in.</summary>
    public TimeSpan RefusedWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Quotes that may wait for the reader; beyond it the oldest are left out, so that what is read is always of now.</summary>
    public int Backlog { get; init; } = 10_000;

    /// <summary>
    /// TRADESENSE_FEED_ROUTES (BTCUSD=binance:BTCUSDT, EURUSD=polygon:EUR/USD|fix:EUR/USD; the second venue is the reference), TRADESENSE_BINANCE_URL,
    /// TRADESENSE_POLYGON_URL, TRADESENSE_POLYGON_KEY, TRADESENSE_FIX_ADDRESS, TRADESENSE_FIX_SENDER, TRADESENSE_FIX_TARGET, TRADESENSE_FIX_USER,
    /// TRADESENSE_FIX_PASSWORD, TRADESENSE_FIX_TLS (off), TRADESENSE_FIX_AUTHORITY (a PEM file).
    /// </summary>
    public static LiveOptions Read(Func<string, string?> setting)
    {
        var defaults = new LiveOptions();
        var options = defaults with
        {
            Routes = FeedRoute.ReadAll(setting("TRADESENSE_FEED_ROUTES") ?? throw new InvalidOperationException("TRADESENSE_FEED=live needs TRADESENSE_FEED_ROUTES.")),
            BinanceUrl = Address(setting, "TRADESENSE_BINANCE_URL") ?? defaults.BinanceUrl,
            PolygonUrl = Address(setting, "TRADESENSE_POLYGON_URL") ?? defaults.PolygonUrl,
            PolygonKey = setting("TRADESENSE_POLYGON_KEY"),
            Fix = setting("TRADESENSE_FIX_ADDRESS") is { } address ? FixOptions.Read(address, setting) : null,
        };

        if (options.Uses(FeedRoute.Polygon) && string.IsNullOrEmpty(options.PolygonKey)) throw new InvalidOperationException("A route of TRADESENSE_FEED_ROUTES uses polygon, which needs TRADESENSE_POLYGON_KEY.");
        if (options.Uses(FeedRoute.Fix) && options.Fix is null) throw new InvalidOperationException("A route of TRADESENSE_FEED_ROUTES uses fix, which needs TRADESENSE_FIX_ADDRESS.");
        return options;
    }

    public bool Uses(string venue) => Routes.Any(route => route.Primary.Venue == venue || route.Reference?.Venue == venue);

    private static Uri? Address(Func<string, string?> setting, string name)
    {
        if (setting(name) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss" ? uri : throw new InvalidOperationException($"{name} is '{text}'; it must begin with wss:// or ws://.");
    }
}

/// <summary>How a broker's price session is reached.</summary>
public sealed record FixOptions(string Host, int Port, string Sender, string Target, string? User, string? Password, bool Tls)
{
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A PEM file with the authority behind the broker's certificate, where it is none the system knows.</summary>
    public string? Authority { get; init; }

    public static FixOptions Read(string address, Func<string, string?> setting)
    {
        if (address.Split(':') is not [{ Length: > 0 } host, var port] || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw new InvalidOperationException($"TRADESENSE_FIX_ADDRESS is '{address}'; it must be a host and a port, such as fix.example.com:9880.");
        return new FixOptions(
            host, number, setting("TRADESENSE_FIX_SENDER") ?? throw new InvalidOperationException("TRADESENSE_FIX_ADDRESS needs TRADESENSE_FIX_SENDER."),
            setting("TRADESENSE_FIX_TARGET") ?? throw new InvalidOperationException("TRADESENSE_FIX_ADDRESS needs TRADESENSE_FIX_TARGET."),
            setting("TRADESENSE_FIX_USER"), setting("TRADESENSE_FIX_PASSWORD"), setting("TRADESENSE_FIX_TLS") is not "off")
        { Authority = setting("TRADESENSE_FIX_AUTHORITY") };
    }
}

/// <summary>A venue and what it calls the symbol.</summary>
public sealed record VenueSymbol(string Venue, string Name);

/// <summary>Where a symbol's quotes come from, and the second feed that confirms them.</summary>
public sealed record FeedRoute(string Symbol, VenueSymbol Primary, VenueSymbol? Reference)
{
    public const string Binance = "binance", Polygon = "polygon", Fix = "fix";

    private static readonly string[] Venues = [Binance, Polygon, Fix];

    internal static IReadOnlyList<FeedRoute> ReadAll(string text)
    {
        List<FeedRoute> routes = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];
        if (routes.Count == 0) throw new InvalidOperationException("TRADESENSE_FEED_ROUTES names no symbol.");
        if (routes.GroupBy(route => route.Symbol).FirstOrDefault(symbol => symbol.Count() > 1) is { } twice) throw new InvalidOperationException($"TRADESENSE_FEED_ROUTES names {twice.Key} twice.");
        return routes;
    }

    private static FeedRoute Read(string text)
    {
        if (text.Split('=') is not [var symbol, var places] || !InstrumentCatalog.All.Any(instrument => instrument.Symbol == symbol)) throw Wrong(text);
        return places.Split('|') switch
        {
            [var primary] => new FeedRoute(symbol, Place(primary, text), null),
            [var primary, var reference] => new FeedRoute(symbol, Place(primary, text), Place(reference, text)),
            _ => throw Wrong(text),
        };
    }

    private static VenueSymbol Place(string text, string route) =>
        text.Split(':', 2) is [var venue, { Length: > 0 } name] && Venues.Contains(venue) ? new VenueSymbol(venue, name) : throw Wrong(route);

    private static InvalidOperationException Wrong(string text) =>
        new($"TRADESENSE_FEED_ROUTES: '{text}' is not a route such as EURUSD=polygon:EUR/USD or BTCUSD=binance:BTCUSDT|fix:BTC/USD; venues are {string.Join(", ", Venues)}.");
}
