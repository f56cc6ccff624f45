using System.Diagnostics;
using TradeSense.Engine.Inputs;
using TradeSense.Modules.Trading.Desk.Links;
using TradeSense.Modules.Trading.Desk.Owners;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Nobody serves the shard now, and what was asked did not reach it: nothing was done.</summary>
public sealed class ShardAwayException(int shard) : Exception($"Shard {shard} is not served at the moment.");

/// <summary>The command may have been done or not. Sent again with the same client id it gets its first outcome, or is done now.</summary>
public sealed class UnknownOutcomeException(string clientId, Exception inner) : Exception($"The outcome of command {clientId} is not known yet.", inner);

/// <summary>Brings a question to its shard: in this process, or to the process the lease names. A question whose owner dies is asked again of the next one.</summary>
internal sealed class DeskRouter(ShardFleet fleet, TradingOptions options, ShardOwners? owners = null, DeskLinks? links = null)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ShardAwayException">It reached nobody.</exception>
    /// <exception cref="TimeoutException">It reached somebody, who did not answer within the time.</exception>
    public async Task<T> Ask<T>(int shard, DeskQuestion<T> question, TimeSpan within, CancellationToken ct)
    {
        var (started, mayHaveArrived) = (Stopwatch.GetTimestamp(), false);
        while (true)
        {
            var left = within - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) throw Unreached(shard, mayHaveArrived);

            var here = fleet.Local(shard);
            var address = here is { IsServing: true } || owners is null || links is null ? null : await owners.AddressOf(shard, ct);
            if (address is not null || here is { IsServing: true } or { IsAway: false, IsOver: false })
            {
                try
                {
                    var answer = address is null ? await AskHere(here!, question, left, ct) : await links!.Ask(address, shard, question, left, ct);
                    // A full queue knows that nothing was done now, not what became of an earlier try.
                    if (!mayHaveArrived || answer is not CommandOutcome.Refused { Reason: RejectReason.Busy }) return answer;
                }
                catch (LinkLostException lost)
                {
                    mayHaveArrived |= !lost.NeverArrived;
                    // The owner died or gave the shard back: the next one is asked, and knows a command it had already heard by its client id.
                    owners?.Forget();
                    if (lost.NeverArrived && question.About is not null && await fleet.Learn(ct)) throw Unreached(shard, mayHaveArrived);
                }
            }
            else if (owners is null || here is { IsOver: true } || (!mayHaveArrived && Stopwatch.GetElapsedTime(started) >= options.LookWithin))
            {
                throw Unreached(shard, mayHaveArrived);
            }

            await Task.Delay(BetweenTries, ct);
        }
    }

    private static Exception Unreached(int shard, bool mayHaveArrived) => mayHaveArrived ? new TimeoutException($"Shard {shard} did not answer.") : new ShardAwayException(shard);

    private static async Task<T> AskHere<T>(Shard here, DeskQuestion<T> question, TimeSpan left, CancellationToken ct)
    {
        try
        {
            return await question.Ask(here, ct).WaitAsync(left, ct);
        }
        catch (OperationCanceledException gone) when (!ct.IsCancellationRequested)
        {
            throw new LinkLostException($"Shard {here.Number} went before it answered.", neverArrived: false, gone);
        }
        catch (ShardAwayException gone)
        {
            throw new LinkLostException($"Shard {here.Number} went before it heard the question.", neverArrived: true, gone);
        }
    }
}
