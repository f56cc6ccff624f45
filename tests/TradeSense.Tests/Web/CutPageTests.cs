using System.Text;
using TradeSense.Web.Kept;
using TradeSense.Web.Live;

namespace TradeSense.Tests.Web;

public sealed class CutPageTests
{
    private static readonly Filling[] Fillings = [new("room", new LivePart("<b>1</b>"))];

    [Fact]
    public void Nonce_token_and_holes_are_this_responses_and_all_else_is_as_it_was()
    {
        var page = Cut($"<script nonce=\"n1\"></script>{CutPage.MarkOf("room", "n1")}<i value=\"t1\">ä</i><p hx-nonce=\"n1\">t1");

        Assert.Equal("<script nonce=\"n2\"></script><b>1</b><i value=\"t2\">ä</i><p hx-nonce=\"n2\">t2", For(page, Fillings));
        Assert.Equal("<script nonce=\"n2\"></script><i>2</i><i value=\"t2\">ä</i><p hx-nonce=\"n2\">t2", For(page, [new Filling("room", new LivePart("<i>2</i>"))]));
    }

    [Fact]
    public void What_only_looks_like_a_hole_is_text()
    {
        var marks = $"{CutPage.MarkOf("room", "n0")}<!--:room--><!--n";

        Assert.Equal(marks, For(Cut(marks), []));
    }

    [Fact]
    public void A_hole_that_nothing_fills_is_a_mistake()
    {
        var page = Cut(CutPage.MarkOf("room", "n1"));

        Assert.Throws<InvalidOperationException>(() => For(page, []));
    }

    private static CutPage Cut(string text) => new(Encoding.UTF8.GetBytes(text), "n1", "t1");

    private static string For(CutPage page, IReadOnlyList<Filling> fillings) => string.Concat(page.For("n2", "t2", fillings).Select(piece => Encoding.UTF8.GetString(piece.Span)));
}
