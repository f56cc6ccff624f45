using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class CreditTests
{
    [Fact]
    public void A_credit_raises_the_balance_and_the_room_and_leaves_positions_alone() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10
        buy A 2.00 EURUSD
        price EURUSD 1.08000 1.08000
        credit A 1500.50
        → credited A 1500.5 balance 101500.5
        = A status active balance 101500.5 daily 95000 overall 90000 open 1
        """);

    [Fact]
    public void An_account_that_has_ended_takes_no_credit() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10
        buy A 2.00 EURUSD
        price EURUSD 1.07400 1.07400
        → failed A dailyLoss floor 95000 equity 94800
        → closed A #1 2 1.074 profit -5200 balance 94800 breach
        credit A 5200
        → refused account_not_active
        """);
}
