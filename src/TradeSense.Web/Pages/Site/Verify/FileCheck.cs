using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>What somebody's file turned out to be.</summary>
public enum FileFinding
{
    NoBundle,

    /// <summary>Its own hashes or signatures do not hold.</summary>
    Altered,

    /// <summary>It holds, but by a key that is not the brand's.</summary>
    Stranger,

    /// <summary>The brand signed it, and the verdict does not follow from it.</summary>
    DoesNotFollow,

    /// <summary>The brand signed it, and no longer has such a verdict.</summary>
    Unrecorded,

    /// <summary>The brand signed it, and what is stored today is something else.</summary>
    StoreDiffers,
    Genuine,
}

/// <summary>What came of checking somebody's file.</summary>
public sealed record FileCheck(string Name, string Firm, VerdictProof.FileProof Proof)
{
    public FileFinding Finding => Proof switch
    {
        { Report.Unreadable: not null } => Proof.Stored is null ? FileFinding.NoBundle : FileFinding.Altered,
        { Report.IsWhole: false } => FileFinding.Altered,
        { Report.IsKeyProven: false } => FileFinding.Stranger,
        { Report.Stands: false } => FileFinding.DoesNotFollow,
        { Stored: null } => FileFinding.Unrecorded,
        { Stored.Count: > 0 } => FileFinding.StoreDiffers,
        _ => FileFinding.Genuine,
    };

    public string Title => Finding switch
    {
        FileFinding.NoBundle => "This is no evidence bundle",
        FileFinding.Altered when Proof.Stored is { Count: 0 } => $"This file does not hold, and neither does the record of {Firm} it was taken from",
        FileFinding.Altered => "This file was altered",
        FileFinding.Stranger => $"This file was not signed by {Firm}",
        FileFinding.DoesNotFollow => $"This file is as {Firm} signed it, and its verdict does not follow from it",
        FileFinding.Unrecorded => $"This file is as {Firm} signed it, and there is no such verdict here any more",
        FileFinding.StoreDiffers => $"This file is as {Firm} signed it; the record stored here is another",
        FileFinding.Genuine => "This file is whole and its verdict follows from it",
        _ => throw new InvalidOperationException($"{Finding} has no words."),
    };

    public string Words => Finding switch
    {
        FileFinding.NoBundle => Proof.Report.Unreadable!,
        FileFinding.Altered when Proof.Stored is null => "Its own hashes and signatures do not fit what it says; there is no such verdict here to compare it with.",
        FileFinding.Altered when Proof.Stored.Count == 0 => "It is the same as the evidence stored here, and that no longer fits the signature it was sealed with.",
        FileFinding.Altered => "Compared with the evidence stored here.",
        FileFinding.Stranger => $"It holds together by the key {KeyOfFile}, which {Firm} has not published. Anybody can write a file and sign it with a key of his own, so this proves nothing about a verdict of {Firm}{(Proof.Stored is null ? "; there is no such verdict here" : "")}.",
        FileFinding.DoesNotFollow => $"The signature is that of the published key {KeyOfFile}. What it states and what can be worked out from it differ.",
        FileFinding.Unrecorded => $"The signature is that of the published key {KeyOfFile}, so {Firm} stated this verdict. Keep the file: it is the proof.",
        FileFinding.StoreDiffers => $"The signature is that of the published key {KeyOfFile}, so this is what {Firm} stated. The record was changed afterwards; below, “expected” is the file’s and “found” is what is stored now.",
        FileFinding.Genuine => $"Signed by the published key {KeyOfFile}; the same as the evidence stored here.",
        _ => throw new InvalidOperationException($"{Finding} has no words."),
    };

    /// <summary>What is shown: against a signed file the record is what was found; against a file that does not hold, the file is.</summary>
    public IReadOnlyList<Difference> Differences => (Finding, Proof.Stored) switch
    {
        (FileFinding.StoreDiffers, { } stored) => [.. stored.Select(one => new Difference(one.Field, one.Found, one.Expected))],
        (FileFinding.Altered or FileFinding.Stranger, { Count: > 0 } stored) => [.. Proof.Report.Differences.Where(one => one.Field is "seal.fingerprint" or "head.fingerprint"), .. stored],
        _ => Proof.Report.Differences,
    };

    private string KeyOfFile => Proof.Report.Bundle?.Seal?.Fingerprint ?? "–";
}
