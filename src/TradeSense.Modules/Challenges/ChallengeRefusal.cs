namespace TradeSense.Modules.Challenges;

public static class ChallengeRefusal
{
    public static Refusal UnknownVersion { get; } = new("challenge.unknown_version", "ModelVersionId");
    public static Refusal SizeNotOffered { get; } = new("challenge.size_not_offered", "Size");
    public static Refusal Unknown { get; } = new("challenge.unknown");
    public static Refusal NoContractDue { get; } = new("challenge.no_contract_due");
    public static Refusal ContractChanged { get; } = new("challenge.contract_changed");
    public static Refusal NameDiffers { get; } = new("challenge.name_differs", "SignedName");
    public static Refusal NotAgreed { get; } = new("challenge.not_agreed", "Agree");
}
