namespace TradeSense.Modules.Kyc;

public static class KycRefusal
{
    public static Refusal FileMissing { get; } = new("kyc.file_missing", "Front");
    public static Refusal FileEmpty { get; } = new("kyc.file_empty", "Front");
    public static Refusal FileLarge { get; } = new("kyc.file_large", "Front");
    public static Refusal FileType { get; } = new("kyc.file_type", "Front");
    public static Refusal FileDiffers { get; } = new("kyc.file_differs", "Front");
    public static Refusal FileBroken { get; } = new("kyc.file_broken", "Front");
    public static Refusal ImageLarge { get; } = new("kyc.image_large", "Front");
    public static Refusal ImageSmall { get; } = new("kyc.image_small", "Front");
    public static Refusal PdfEncrypted { get; } = new("kyc.pdf_encrypted", "Front");
    public static Refusal PdfActive { get; } = new("kyc.pdf_active", "Front");
    public static Refusal BackMissing { get; } = new("kyc.back_missing", "Back");
    public static Refusal TooManyFiles { get; } = new("kyc.too_many_files");
    public static Refusal InReview { get; } = new("kyc.in_review");
    public static Refusal AlreadyApproved { get; } = new("kyc.already_approved");
    public static Refusal AlreadyDecided { get; } = new("kyc.already_decided");
    public static Refusal UnknownCase { get; } = new("kyc.unknown_case");
    public static Refusal TierUnknown { get; } = new("kyc.tier_unknown", "Tier");
    public static Refusal ReasonLength { get; } = new("kyc.reason_length", "Reason");
    public static Refusal NotProved { get; } = new("kyc.not_proved");
    public static Refusal OwnCase { get; } = new("kyc.own_case");
}
