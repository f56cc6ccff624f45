using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Payouts;

/// <summary>The quote's arithmetic, line by line. Nothing here reads or writes.</summary>
/// <remarks>
/// Worked: balance 104,321.57 on 100,000 with 12 trades for +3,821.57 since the last payout → carried over 500.00, profit 4,321.57.
/// A daily floor of 100,500.00 lets 3,821.57 go today; 500.00 stay until it falls. At 80 % the share of 3,821.57 is 3,057.25 (3,057.256 cut).
/// </remarks>
/// <param name="Trades">Net of all trades closed since the last payout.</param>
/// <param name="CarriedOver">Profit that stood in the account before them.</param>
/// <param name="Profit">Balance − initial balance: what there is to share; zero when there is none.</param>
/// <param name="Available">As much of it as may leave now without crossing a floor.</param>
/// <param name="Gross">What this payout takes out: the amount asked for, else all that is available.</param>
/// <param name="Share">What the trader receives, cut to the cent.</param>
public sealed record PayoutSums(Money Trades, int TradeCount, Money CarriedOver, Money Profit, Money Available, Money Gross, Percent Split, Money Share)
{
    public Money HeldByFloor => Profit - Available;
    public Money FirmShare => Gross - Share;

    public static PayoutSums Of(AccountState account, decimal equity, decimal trades, int tradeCount, decimal? asked, Percent split)
    {
        var currency = account.Terms.Currency;
        Money Cut(decimal amount) => Money.Rounded(amount, currency, MidpointRounding.ToZero);

        var grown = Cut(account.Balance - account.Terms.InitialBalance);
        var profit = grown.Amount > 0 ? grown : Money.Zero(currency);
        var available = Cut(MostThatMayLeave(account, equity, profit.Amount, currency));
        var gross = asked is { } amount ? Cut(Math.Max(0m, amount)) : available;
        return new PayoutSums(Cut(trades), tradeCount, grown - Cut(trades), profit, available, gross, split, gross.Share(split, MidpointRounding.ToZero));
    }

    /// <summary>The floors and the room as the engine's own kernel has them after such a payout.</summary>
    public static (decimal Equity, decimal? Floor, decimal? Room) After(AccountState account, decimal equity, decimal amount)
    {
        var now = LossState.Of(account);
        var limits = amount > 0 ? now.AfterPayout(LossTerms.Of(account.Terms), amount) : now;
        return (equity - amount, limits.Floor, limits.Room(equity - amount));
    }

    /// <summary>The more leaves, the nearer the floor: halving finds the last amount that does not cross it, in the currency's smallest unit.</summary>
    private static decimal MostThatMayLeave(AccountState account, decimal equity, decimal profit, Currency currency)
    {
        if (profit <= 0 || MayLeave(account, equity, profit)) return profit;

        var unit = currency.MinorDigits switch { 0 => 1m, 3 => 0.001m, _ => 0.01m };
        var (may, mayNot) = (0m, decimal.Ceiling(profit / unit));
        while (mayNot - may > 1m)
        {
            var middle = decimal.Floor((may + mayNot) / 2m);
            if (MayLeave(account, equity, middle * unit)) may = middle;
            else mayNot = middle;
        }

        return may * unit;
    }

    private static bool MayLeave(AccountState account, decimal equity, decimal amount)
    {
        var terms = LossTerms.Of(account.Terms);
        return LossState.Of(account).AfterPayout(terms, amount).Crossed(terms, equity - amount, withDaily: true) is null;
    }
}
