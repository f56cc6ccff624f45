using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TradeSense.Engine.Values;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;money value="Model.Balance" /&gt;</c>: an amount with its currency in the brand's format. <c>signed</c> writes a plus too, <c>whole</c> drops the cents.</summary>
[HtmlTargetElement("money", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyTagHelper(TenantFormat format) : TagHelper
{
    public Money? Value { get; set; }
    public bool Signed { get; set; }
    public bool Whole { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("data", "figure");
        if (Value is not { } money)
        {
            output.Content.SetContent("–");
            return;
        }

        output.Attributes.SetAttribute("value", money.Amount.ToString(CultureInfo.InvariantCulture));
        output.Content.SetContent(format.Money(money, Signed, Whole ? 0 : null));
    }
}

/// <summary><c>&lt;profit value="Model.Result" /&gt;</c>: gain or loss by sign, arrow, colour and a word for those who hear the page.</summary>
[HtmlTargetElement("profit", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProfitTagHelper(TenantFormat format, IconSet icons) : TagHelper
{
    public Money? Value { get; set; }
    public Percent? Percent { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var amount = Value?.Amount ?? Percent?.Value ?? 0m;
        var (tone, word, icon) = amount switch
        {
            > 0 => ("profit--up", "profit ", "trending-up"),
            < 0 => ("profit--down", "loss ", "trending-down"),
            _ => ("profit--flat", "", null),
        };
        output.Open("span", $"figure profit {tone}");
        if (icon is not null) output.Content.AppendHtml(icons.Html(icon, "profit__arrow")).AppendHtml($"<span class=\"visually-hidden\">{word}</span>");
        output.Content.Append(Value is { } money ? format.Money(money, signed: true) : format.Percent(Percent ?? default, 2, signed: true));
    }
}

/// <summary><c>&lt;price value="quote.Bid" digits="5" pip="4" /&gt;</c>: a price in its instrument's digits, the pip digits larger when <c>pip</c> is given.</summary>
[HtmlTargetElement("price", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PriceTagHelper(TenantFormat format) : TagHelper
{
    public Price? Value { get; set; }
    public int Digits { get; set; }
    public int? Pip { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("data", "figure price");
        if (Value is not { } price)
        {
            output.Content.SetContent("–");
            return;
        }

        output.Attributes.SetAttribute("value", price.Value.ToString(CultureInfo.InvariantCulture));
        var text = format.Price(price.Value, Digits);
        if (Pip is not { } pip || Digits < pip || pip < 2)
        {
            output.Content.SetContent(text);
            return;
        }

        var tail = Digits - pip;
        output.Content.Append(text[..^(tail + 2)]);
        output.Content.AppendHtml("<b class=\"price__pip\">").Append(text[^(tail + 2)..^tail]).AppendHtml("</b>");
        if (tail > 0) output.Content.AppendHtml("<small class=\"price__tail\">").Append(text[^tail..]).AppendHtml("</small>");
    }
}

/// <summary><c>&lt;percent value="Model.Share" digits="1" /&gt;</c>.</summary>
[HtmlTargetElement("percent", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PercentTagHelper(TenantFormat format) : TagHelper
{
    public Percent? Value { get; set; }
    public int Digits { get; set; }
    public bool Signed { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("span", "figure");
        output.Content.SetContent(Value is { } percent ? format.Percent(percent, Digits, Signed) : "–");
    }
}

/// <summary><c>&lt;number value="Model.Lots" digits="2" /&gt;</c>: any other decimal (lots, counts).</summary>
[HtmlTargetElement("number", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class NumberTagHelper(TenantFormat format) : TagHelper
{
    public decimal? Value { get; set; }
    public int Digits { get; set; }
    public bool Signed { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("span", "figure");
        output.Content.SetContent(Value is { } number ? format.Number(number, Digits, Signed) : "–");
    }
}
