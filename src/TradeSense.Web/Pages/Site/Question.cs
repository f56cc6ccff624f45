using TradeSense.Modules.Tenancy;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Site;

/// <summary>One question with its answer. A firm rewords an answer with the text <c>faq.{Key}</c>.</summary>
public sealed record Question(string Key, string Title, string Answer)
{
    public static IReadOnlyList<Question> For(Tenant tenant) => [.. Ours.Select(question => question with { Answer = tenant.Text($"faq.{question.Key}", question.Answer) })];

    private static readonly Question[] Ours =
    [
        new("what", "What exactly do I buy?",
            "An evaluation: a simulated account of the size you choose, on live prices, with a profit target and limits. If you reach the target within the limits you go on to the next phase, and after the last one to a funded account whose profit is shared with you."),
        new("risk", "What can I lose?",
            "The fee, and nothing beyond it. The account is simulated; you make no deposit and owe nothing when it loses."),
        new("daily", "How does the daily limit work?",
            "At the start of each trading day a floor is set from your balance or equity, as your model says. If your equity, open positions included, touches the floor, the limit is reached. The floor, the room left and the moment of the next reset are on your account page all the time."),
        new("breach", "What happens when I reach a limit?",
            "Trading stops on that quote and open positions are closed. You get a receipt with the rule, how the floor came about, the deciding quotes and each step of your equity. If you think it is wrong, you can appeal from the same page. Some models pause you for the day instead; the pricing page says which."),
        new("news", "May I trade news, hold overnight or use robots?",
            "Each model states it in plain words beside its price. What is not restricted there is allowed. Strategies that only work because an account is simulated, such as trading on stale prices, are never allowed."),
        new("days", "Is there a time limit?",
            "Only when the model states one. Minimum trading days are counted by days on which a position was opened, in the firm's trading day, not in yours."),
        new("payout", "When and how do I get paid?",
            "Once the first-payout date of your funded account has come, request a payout on its page. You see the calculation line by line before you confirm, and a 24-hour clock afterwards. Your identity has to be verified first."),
        new("kyc", "Which documents do I need?",
            "None to start. After passing, an identity document, and for higher payout limits a proof of address. Files are stored encrypted and seen only by the people who review them."),
        new("country", "Is it open in my country?",
            "Residents of countries under sanctions, and of those where local rules forbid it, cannot take part. Registration tells you at once if yours is among them."),
        new("reset", "Can I try again?",
            "Yes. After an ended evaluation you can buy the same model again; where your model offers a reset it costs less and starts from the initial balance. Rules and price are shown before you pay."),
    ];
}
