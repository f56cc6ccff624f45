using TradeSense.Engine.Values;

namespace TradeSense.Modules.Payouts.Gateways;

/// <summary>Sends money out. The same payout id sent again must not pay again.</summary>
public interface IPayoutGateway
{
    string Name { get; }

    Task<PayoutReceipt> Send(PayoutInstruction instruction, CancellationToken ct);
}

/// <param name="AccountNumber">IBAN or account number.</param>
public sealed record PayoutInstruction(Guid PayoutId, long PayoutNumber, Money Amount, string Holder, string AccountNumber);

/// <param name="Reference">What bank or provider call the transfer.</param>
public sealed record PayoutReceipt(string Reference, DateTimeOffset At);

/// <summary>The default: staff who approve a payout make the transfer at their bank, under the reference given here.</summary>
internal sealed class ManualBank(TimeProvider clock) : IPayoutGateway
{
    public string Name => "manual-bank";

    public Task<PayoutReceipt> Send(PayoutInstruction instruction, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(new PayoutReceipt(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"BANK-{now.UtcDateTime:yyyyMMdd}-{instruction.PayoutNumber}"), now));
    }
}
