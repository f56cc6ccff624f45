using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

/// <summary>Accounts that a verdict ended, and appeals against it.</summary>
internal static class AppealScenes
{
    public const string Grounds = "The quote at 09:00:03 was a lone spike that no other venue had.";
    public const string Reason = "The quote stands in both feeds within the same second.";

    public static async Task<AccountId> Fail(TestDesk desk, Guid user)
    {
        var account = await desk.Account(userId: user);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();
        return account;
    }

    /// <summary>An appeal against a verdict, of an account that stays with the engine apart.</summary>
    public static async Task<Guid> Filed(TestDesk desk, Guid user)
    {
        var account = await Fail(desk, user);
        var receipt = (Guid)(await desk.Rows("select id from breaches where account_id = $1", account.Value))[0][0]!;
        return (await desk.Firm.Run<FileAppeal, Result<Guid>>(file => file.Run(new(receipt, user, Grounds), default))).Value;
    }
}
