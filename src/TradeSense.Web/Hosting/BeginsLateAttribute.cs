namespace TradeSense.Web.Hosting;

/// <summary>
/// A page handler that mostly answers from what this process keeps, after one round trip that proves it true. The filter opens no transaction for it; the handler's
/// query begins one when it must read. Without one the database shows it no rows, so forgetting it fails closed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BeginsLateAttribute : Attribute;
