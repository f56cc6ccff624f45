namespace TradeSense.Tests.Conventions;

/// <summary>Says every offence in full, one a line: a shortened list would be mended one round at a time.</summary>
public static class Verdict
{
    public static void NoOffences(IEnumerable<string> offences)
    {
        var found = offences.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
