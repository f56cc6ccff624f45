using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>A scaled order's limits: evenly spread over a range of prices, the lots equal or growing 1, 2, 3 … towards the last.</summary>
/// <remarks>1.00 lot in 3 equal parts is 0.34, 0.33, 0.33; weighted it is 0.17, 0.33, 0.50. No step is lost: the remainders go to the largest fractions, the first of equals.</remarks>
public static class ScaledSplit
{
    public const int MostLegs = 50;

    /// <summary>The legs in order from the first price to the last; null when the count is not 2 to 50 or a part would be no size of the instrument.</summary>
    public static IReadOnlyList<OrderLeg>? Of(Instrument instrument, Side side, Lots total, Price from, Price to, int count, bool isWeighted, Price? stopLoss = null, Price? takeProfit = null)
    {
        if (count is < 2 or > MostLegs) return null;

        var parts = Parts((long)(total.Value / instrument.LotStep.Value), count, isWeighted);
        var legs = new List<OrderLeg>(count);
        for (var i = 0; i < count; i++)
        {
            var lots = new Lots(parts[i] * instrument.LotStep.Value);
            if (!instrument.Accepts(lots)) return null;
            var price = from.Value + (to.Value - from.Value) * i / (count - 1);
            legs.Add(new OrderLeg(instrument.Symbol, side, lots, OrderKind.Limit, new Price(decimal.Round(price, instrument.Digits, MidpointRounding.AwayFromZero)), null, stopLoss, takeProfit));
        }

        return legs;
    }

    private static long[] Parts(long steps, int count, bool isWeighted)
    {
        long weights = isWeighted ? (long)count * (count + 1) / 2 : count;
        var parts = new long[count];
        var rests = new (long Over, int Leg)[count];
        for (var i = 0; i < count; i++)
        {
            var share = steps * (isWeighted ? i + 1 : 1);
            (parts[i], rests[i]) = (share / weights, (share % weights, i));
        }

        Array.Sort(rests, (one, other) => one.Over == other.Over ? one.Leg.CompareTo(other.Leg) : other.Over.CompareTo(one.Over));
        var left = steps - parts.Sum();
        for (var i = 0; i < left; i++) parts[rests[i].Leg]++;
        return parts;
    }
}
