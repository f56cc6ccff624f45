using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Commands.Demo;

/// <summary>
/// What follows a passed challenge: documents are handed in, checked, the contract is signed, payouts are asked for and decided. Every hour each
/// waiting thing goes on or does not, by dice; so some still wait when the demo ends, and the queues have something to show.
/// </summary>
internal sealed class DemoOffice(IServiceProvider services, Tenant brand, PastClock clock, Random dice)
{
    private readonly TenantScope _scope = services.GetRequiredService<TenantScope>();

    public int Payouts { get; private set; }

    public async Task Work(CancellationToken ct)
    {
        foreach (var trader in await Ids(db => db.Set<Challenge>().Where(row => row.Status == ChallengeStatus.PendingKyc && !db.Set<KycCase>().Any(kyc => kyc.UserId == row.UserId)).Select(row => row.UserId), ct))
            if (Happens(6)) _ = (await Run<SubmitKyc, Modules.Result<Guid>>(submit => submit.Run(new(trader, DocumentKind.Passport, Specimen(), null), ct), ct, trader)).Value;

        foreach (var kyc in await Ids(db => db.Set<KycCase>().Where(row => row.Status == KycStatus.Submitted).Select(row => row.Id), ct)) await Review(kyc, ct);
        foreach (var challenge in await Ids(db => db.Set<Challenge>().Where(row => row.Status == ChallengeStatus.PendingContract).Select(row => row.Id), ct)) await Sign(challenge, ct);
        foreach (var funded in await Ids(db => db.Set<Challenge>().Where(row => row.Status == ChallengeStatus.Funded).Select(row => row.Id), ct)) await Ask(funded, ct);
        foreach (var payout in await Ids(db => db.Set<Payout>().Where(row => row.Status == PayoutStatus.AwaitingDecision).Select(row => row.Id), ct)) await Decide(payout, ct);
    }

    private async Task Review(Guid kyc, CancellationToken ct)
    {
        if (!Happens(8)) return;

        var reviewer = await Reviewer(ct);
        if (Happens(10)) await As<RejectKyc>(reviewer, reject => reject.Run(new(kyc, "The picture is too dark to read the document's number. Please take it again in daylight.", reviewer), ct), ct);
        else await As<ApproveKyc>(reviewer, approve => approve.Run(new(kyc, KycTiers.Approvable[0], reviewer), ct), ct);
    }

    private async Task Sign(Guid challenge, CancellationToken ct)
    {
        if (!Happens(4)) return;

        var trader = await Run<TradeSenseDb, Guid>(db => db.Set<Challenge>().Where(row => row.Id == challenge).Select(row => row.UserId).SingleAsync(ct), ct);
        var contract = (await Run<ContractToSign, ContractToSign.View?>(contracts => contracts.Read(challenge, trader, ct), ct))!;
        await As<SignContract>(trader, sign => sign.Run(new(challenge, trader, contract.NameToType, Agree: true, contract.TextHash), ct), ct);
    }

    /// <summary>Refused as long as a condition of the terms is missing, as for anybody.</summary>
    private async Task Ask(Guid challenge, CancellationToken ct)
    {
        if (!Happens(12)) return;

        var (account, trader) = await Run<TradeSenseDb, (Guid, Guid)>(async db =>
        {
            var row = await db.Set<Challenge>().SingleAsync(row => row.Id == challenge, ct);
            return (await db.Set<ChallengePhase>().Where(phase => phase.ChallengeId == row.Id && phase.PhaseIndex == row.PhaseIndex).Select(phase => phase.Id).SingleAsync(ct), row.UserId);
        }, ct);
        var asked = await Run<RequestPayout, Modules.Result<Guid>>(request => request.Run(new(trader, account, null, "Demo Trader", "DE89370400440532013000", NewId()), ct), ct, trader);
        if (!asked.IsRefused) Payouts++;
    }

    private async Task Decide(Guid payout, CancellationToken ct)
    {
        if (!Happens(5)) return;

        var reviewer = await Reviewer(ct);
        await As<ApprovePayout>(reviewer, approve => approve.Run(payout, reviewer, ct), ct);
    }

    private bool Happens(int oneIn) => dice.Next(oneIn) == 0;

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    private Task<Guid> Reviewer(CancellationToken ct) =>
        Run<TradeSenseDb, Guid>(db => db.Set<User>().Where(user => user.Role == Role.Owner).OrderBy(user => user.Id).Select(user => user.Id).FirstAsync(ct), ct);

    private Task<List<Guid>> Ids(Func<TradeSenseDb, IQueryable<Guid>> query, CancellationToken ct) => Run<TradeSenseDb, List<Guid>>(db => query(db).OrderBy(id => id).ToListAsync(ct), ct);

    private async Task As<T>(Guid person, Func<T, Task<Modules.Result>> work, CancellationToken ct) where T : notnull
    {
        var done = await Run(work, ct, person);
        if (done.IsRefused) throw new InvalidOperationException($"The demo was refused: {done.Refusal.Code}.");
    }

    /// <param name="person">Who the audit trail names; nobody for a question.</param>
    private Task<TResult> Run<T, TResult>(Func<T, Task<TResult>> work, CancellationToken ct, Guid? person = null) where T : notnull => _scope.Run(brand, async scoped =>
    {
        if (person is { } id)
        {
            var name = await scoped.GetRequiredService<TradeSenseDb>().Set<User>().Where(user => user.Id == id).Select(user => user.UserName).SingleAsync(ct);
            scoped.GetRequiredService<CurrentActor>().Set(id, name, null);
        }

        return await work(scoped.GetRequiredService<T>());
    }, ct);

    /// <summary>One page that says what it is.</summary>
    private static SubmitKyc.Upload Specimen()
    {
        const string Drawing = "BT /F1 28 Tf 60 500 Td (SPECIMEN: invented identity document) Tj ET";
        var file = string.Create(CultureInfo.InvariantCulture, $"""
            %PDF-1.4
            1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
            2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
            3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>> endobj
            4 0 obj <</Length {Drawing.Length}>> stream
            {Drawing}
            endstream endobj
            5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
            trailer <</Root 1 0 R>>
            %%EOF
            """);
        return new SubmitKyc.Upload("passport.pdf", Encoding.ASCII.GetBytes(file));
    }
}
