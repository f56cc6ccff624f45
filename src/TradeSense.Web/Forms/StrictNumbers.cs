using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TradeSense.Web.Forms;

/// <summary>Reads decimals from forms and queries exactly as typed: an optional minus, digits, at most one point. The framework's own reading
/// takes "1,5" for 15, because a comma may separate thousands; here it is refused with words that say what to write.</summary>
public sealed partial class StrictNumbers : IModelBinderProvider, IModelBinder
{
    private const string Advice = "Write the number with digits and at most one point, like 1250.50: no commas, spaces or signs of currency.";

    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(decimal) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var value = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (value == ValueProviderResult.None) return Task.CompletedTask;

        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, value);
        var text = value.FirstValue?.Trim() ?? "";
        if (text.Length == 0 && bindingContext.ModelMetadata.IsReferenceOrNullableType)
            bindingContext.Result = ModelBindingResult.Success(null);
        else if (text.Length <= 29 && Plain().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            bindingContext.Result = ModelBindingResult.Success(number);
        else
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, text.Length == 0 ? "Enter a number." : Advice);

        return Task.CompletedTask;
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Plain();
}
