namespace TradeSense.Engine.Book;

/// <summary>What the symbols of one portfolio came to when it was valued last, in the account's currency, in the order of its holdings.</summary>
internal sealed class Valuation
{
    private object? _owner;

    public decimal[] Floating { get; private set; } = new decimal[16];
    public decimal[] Margin { get; private set; } = new decimal[16];

    /// <summary>Money that moves with a pair's rate: open profits and margins converted by it.</summary>
    public decimal[] Exposure { get; private set; } = new decimal[16];

    public bool IsOf(object portfolio) => _owner == portfolio;

    public void Begin(object portfolio, int holdings)
    {
        _owner = portfolio;
        if (holdings <= Floating.Length) return;
        (Floating, Margin, Exposure) = (new decimal[holdings * 2], new decimal[holdings * 2], new decimal[holdings * 2]);
    }
}
