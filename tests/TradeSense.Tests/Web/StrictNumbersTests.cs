using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;
using TradeSense.Web.Forms;

namespace TradeSense.Tests.Web;

public sealed class StrictNumbersTests
{
    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData(" 100000 ", 100000)]
    [InlineData("-0.25", -0.25)]
    public async Task A_plain_number_is_read_the_same_in_every_culture(string text, decimal number)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal(number, (await Bind(text)).Result.Model);
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1e5")]
    [InlineData("1 000")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("NaN")]
    [InlineData("١٢")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("$5")]
    [InlineData("")]
    public async Task Anything_else_is_refused_with_words(string text)
    {
        var context = await Bind(text);

        Assert.False(context.Result.IsModelSet);
        Assert.Single(context.ModelState["amount"]!.Errors);
    }

    private static async Task<DefaultModelBindingContext> Bind(string text)
    {
        var metadata = new EmptyModelMetadataProvider().GetMetadataForType(typeof(decimal));
        var context = new DefaultModelBindingContext
        {
            ModelMetadata = metadata, ModelName = "amount", ModelState = new ModelStateDictionary(),
            ValueProvider = new QueryStringValueProvider(BindingSource.Query, new QueryCollection(new Dictionary<string, StringValues> { ["amount"] = text }), CultureInfo.InvariantCulture),
            ActionContext = new ActionContext(),
        };
        await new StrictNumbers().BindModelAsync(context);
        return context;
    }
}
