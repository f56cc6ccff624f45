namespace TradeSense.Modules.Risk.Incidents;

public static class IncidentRefusal
{
    public static Refusal Unknown { get; } = new("risk.incident_unknown");
    public static Refusal SymbolsInvalid { get; } = new("risk.incident_symbols", "Symbols");
    public static Refusal WindowInvalid { get; } = new("risk.incident_window", "To");
    public static Refusal ReasonLength { get; } = new("risk.incident_reason", "Reason");
    public static Refusal WordsLength { get; } = new("risk.incident_words");
    public static Refusal AmountInvalid { get; } = new("risk.incident_amount");
    public static Refusal Decided { get; } = new("risk.incident_decided");
    public static Refusal AlreadyProposed { get; } = new("risk.incident_proposed");
    public static Refusal NotProposed { get; } = new("risk.incident_not_proposed");
    public static Refusal SamePerson { get; } = new("risk.incident_same_person");
    public static Refusal Over { get; } = new("risk.incident_over");
}
