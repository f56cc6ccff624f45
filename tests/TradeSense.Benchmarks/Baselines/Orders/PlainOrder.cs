namespace TradeSense.Baselines.Orders;

/// <summary>An order whose outcome somebody else already worked out: all that is left is to write it down.</summary>
public sealed record PlainOrder(Guid Tenant, Guid Account, int Number, string ClientId);

/// <summary>What the rows hold besides keys: the same bytes as the product's own rows, taken from one of them.</summary>
public sealed record OrderContent(string Symbol, decimal Lots, decimal Price, string Kind, string Body);
