using TradeSense.Engine.Values;

namespace TradeSense.Engine.Rules;

/// <summary>How a funded account grows in place: after so many profitable months in a row that bring so much together, and so many paid payouts.</summary>
/// <param name="Months">Consecutive calendar months, each with a profit.</param>
/// <param name="Profit">What they bring together, of the size the account has then.</param>
/// <param name="PaidPayouts">Payouts paid since the account was opened or last grew.</param>
/// <param name="Factor">1.4 makes 140,000 of 100,000.</param>
/// <param name="Cap">No account grows beyond it.</param>
/// <param name="Split">The trader's least share of the profit from the first growth on.</param>
public sealed record ScalingTerms(int Months, Percent Profit, int PaidPayouts, decimal Factor, decimal Cap, Percent Split)
{
    /// <summary>The size after the next growth, in whole coins; null where the cap is reached.</summary>
    public decimal? NextSize(decimal size, Currency currency)
    {
        var next = decimal.Round(Math.Min(Cap, size * Factor), currency.MinorDigits, MidpointRounding.ToZero);
        return next > size ? next : null;
    }

    /// <summary>The profit that the months must bring together: 10 % of 100,000 is 10,000.</summary>
    public decimal ProfitNeeded(decimal size) => Profit.Of(size);

    public bool IsMet(int months, decimal profit, int paidPayouts, decimal size) =>
        months >= Months && profit >= ProfitNeeded(size) && paidPayouts >= PaidPayouts;
}
