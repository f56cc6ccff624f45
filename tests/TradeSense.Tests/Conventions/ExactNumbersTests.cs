using System.Reflection;
using TradeSense.Engine.Values;
using TradeSense.Modules;

namespace TradeSense.Tests.Conventions;

/// <summary>Money, prices and rules are decimal or scaled integers; a binary fraction anywhere near them is a bug waiting. A banned-symbols list does not see declarations, reflection does.</summary>
public sealed class ExactNumbersTests
{
    [Fact]
    public void No_member_of_the_engine_or_the_ledger_is_a_binary_fraction()
    {
        var ledger = typeof(Refusal).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("TradeSense.Modules.Ledger", StringComparison.Ordinal) == true);

        Verdict.NoOffences(typeof(Money).Assembly.GetTypes().Concat(ledger).SelectMany(Offences));
    }

    [Theory]
    [InlineData(typeof(WithField))]
    [InlineData(typeof(WithParameter))]
    [InlineData(typeof(WithReturn))]
    [InlineData(typeof(WithList))]
    [InlineData(typeof(WithNullable))]
    public void A_binary_fraction_is_found(Type type) => Assert.NotEmpty(Offences(type));

    private static IEnumerable<string> Offences(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = type.GetFields(Declared).Select(field => (field.Name, Type: field.FieldType));
        var methods = type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Append((method as MethodInfo)?.ReturnType ?? typeof(void)).Select(named => (method.Name, Type: named)));
        return fields.Concat(methods).Where(member => IsBinary(member.Type)).Select(member => $"{type.FullName}.{member.Name}").Distinct();
    }

    private static bool IsBinary(Type type) =>
        type == typeof(double) || type == typeof(float) || type == typeof(Half)
        || (type.HasElementType && IsBinary(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(IsBinary));

    private sealed class WithField { public double Price { get; init; } }

    private static class WithParameter { public static void Set(float price) => _ = price; }

    private static class WithReturn { public static double Get() => 1; }

    private sealed class WithList { public List<double[]> Prices { get; } = []; }

    private sealed class WithNullable { public double? Price { get; init; } }
}
