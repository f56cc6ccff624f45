using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using TradeSense.Modules;
using TradeSense.Web;

namespace TradeSense.Tests.Conventions;

/// <summary>Every refusal the code can give has words, and no words stand without a refusal that says them.</summary>
public sealed partial class RefusalWordsTests
{
    private static readonly Assembly[] Assemblies = [typeof(Refusal).Assembly, typeof(Refusals).Assembly];

    [Fact]
    public void Codes_and_words_match() => Verdict.NoOffences(Mismatches(Codes(Assemblies.SelectMany(assembly => assembly.GetTypes())), Words()));

    [Fact]
    public void The_application_knows_the_words_of_every_module() => Assert.Equal(Words().Keys.Order(), new Refusals().Words.Keys.Order());

    [Fact]
    public void A_refusal_is_made_in_one_place_only() =>
        Verdict.NoOffences(SourceFile.All.Where(file => file.IsProduct && file.IsCode).SelectMany(MadeInPassing));

    [Fact]
    public void A_refusal_made_in_passing_is_found() =>
        Assert.NotEmpty(MadeInPassing(new SourceFile("src/A.cs", "class A { Result Run() { return new Refusal(\"a.b\"); } }")));

    [Fact]
    public void A_code_without_words_and_words_without_a_code_are_found()
    {
        var mismatches = Mismatches(Codes([typeof(SampleRefusal)]), new Dictionary<string, string> { ["sample.forgotten"] = "Nobody says this." });

        Assert.Equal(["sample.forgotten: words nobody says", "sample.unsaid: no words"], mismatches);
    }

    private static class SampleRefusal
    {
        public static Refusal Unsaid { get; } = new("sample.unsaid");
    }

    private static List<string> Codes(IEnumerable<Type> types) =>
    [
        .. types.SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(property => property.PropertyType == typeof(Refusal) && property.GetIndexParameters().Length == 0)
            .Select(property => ((Refusal)property.GetValue(null)!).Code),
        .. types.SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Refusal) && !field.Name.StartsWith('<')).Select(field => ((Refusal)field.GetValue(null)!).Code),
    ];

    private static Dictionary<string, string> Words() => SourceFile.All.Where(file => file.IsProduct && file.Name == "refusals.en.json")
        .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(file.Text)!).ToDictionary();

    private static List<string> Mismatches(IReadOnlyCollection<string> codes, IReadOnlyDictionary<string, string> words) =>
    [
        .. words.Keys.Except(codes).Select(code => $"{code}: words nobody says").Concat(codes.Except(words.Keys).Select(code => $"{code}: no words"))
            .Concat(words.Where(pair => string.IsNullOrWhiteSpace(pair.Value)).Select(pair => $"{pair.Key}: empty words")).Order(),
    ];

    private static IEnumerable<string> MadeInPassing(SourceFile file) => NewRefusal().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}");

    [GeneratedRegex(@"(return|\?|:|=>|\() *new Refusal\(""[^""]*""")]
    private static partial Regex NewRefusal();
}
