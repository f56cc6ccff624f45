using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Amounts as differences state them: exact, in plain digits.</summary>
internal static class Figures
{
    public static string Text(decimal? amount) => amount is { } known ? PlainDecimal.Text(known) : "none";
}
