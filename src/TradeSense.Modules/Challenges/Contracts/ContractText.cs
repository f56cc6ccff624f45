using System.Globalization;
using System.Text;
using TradeSense.Modules.Challenges.Rules;

namespace TradeSense.Modules.Challenges.Contracts;

/// <summary>The contract of a funded account, built from the model version and nothing else: its rules are the rule book's own words.</summary>
public static class ContractText
{
    /// <param name="Firm">The brand that contracts.</param>
    /// <param name="Holder">The name the trader signs with.</param>
    public sealed record Parties(string Firm, string Holder, string Email);

    public static string Of(Parties parties, ModelDefinition model, string modelHash, decimal size, Guid challengeId, CultureInfo culture)
    {
        var figures = new Figures(culture, model.Currency);
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"FUNDED ACCOUNT AGREEMENT\n\nbetween {parties.Firm} (the firm)\nand {parties.Holder}, {parties.Email} (the trader)\n\n")
            .Append("1. The account\n")
            .Append(CultureInfo.InvariantCulture, $"The firm gives the trader an account of {figures.Money(size)} under the terms of {model.Name}. ")
            .Append("The account is simulated capital of the firm: the trader deposits nothing, owes no losses and is paid the share of the profit agreed below.\n")
            .Append(CultureInfo.InvariantCulture, $"Challenge: {challengeId}\nTerms: SHA-256 {modelHash}\n\n2. The rules\n");

        var rules = RuleBook.Describe(model, model.FundedIndex, size, culture);
        foreach (var rule in rules) text.Append(CultureInfo.InvariantCulture, $"{rule.Title}. {rule.Words}\n");

        return text
            .Append("\n3. What the rules mean in figures\n")
            .AppendJoin("", rules.Where(rule => rule.Example.Count > 0).Select(rule => $"{rule.Title}: {string.Join(' ', rule.Example.Select(step => step.Words))}\n"))
            .Append("\n4. Payouts and identity\n")
            .Append("The firm pays the trader's share after it has approved the request. It may ask again who the trader is when law requires it.\n")
            .Append("\n5. End\n")
            .Append("The trader may end this agreement at any time; profit earned before stays payable. The firm may end it when a rule of section 2 is crossed, ")
            .Append("or when the trader lets another person trade the account. Every verdict comes with a receipt that names the rule, the floor and the prices it rests on.\n")
            .Append("\n6. Signature\n")
            .Append("Typing the name above, with the time and the network address of the signature, counts as signing. Both parties keep this text and its SHA-256.\n")
            .ToString();
    }
}
