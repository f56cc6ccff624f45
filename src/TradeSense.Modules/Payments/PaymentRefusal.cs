namespace TradeSense.Modules.Payments;

public static class PaymentRefusal
{
    public static Refusal NotOnOffer { get; } = new("payments.not_on_offer");
    public static Refusal UnknownSize { get; } = new("payments.unknown_size");
    public static Refusal PriceChanged { get; } = new("payments.price_changed");
    public static Refusal NoGateway { get; } = new("payments.no_gateway");
    public static Refusal UnknownOrder { get; } = new("payments.unknown_order");
    public static Refusal NotPayable { get; } = new("payments.not_payable");
    public static Refusal GatewayUnknown { get; } = new("payments.gateway_unknown");
    public static Refusal SignatureInvalid { get; } = new("payments.signature_invalid");
    public static Refusal EventMalformed { get; } = new("payments.event_malformed");
    public static Refusal GatewayInUse { get; } = new("payments.gateway_in_use");
    public static Refusal FeePercentOutOfRange { get; } = new("payments.fee_percent_out_of_range");
    public static Refusal FeeFixedOutOfRange { get; } = new("payments.fee_fixed_out_of_range");

    public static Refusal UnknownPayment { get; } = new("payments.unknown_payment");
    public static Refusal NotHeld { get; } = new("payments.not_held");
    public static Refusal NothingToStart { get; } = new("payments.nothing_to_start");
    public static Refusal OtherCurrency { get; } = new("payments.other_currency");
    public static Refusal ReasonMissing { get; } = new("payments.reason_missing", "Reason");
    public static Refusal RefundReferenceMissing { get; } = new("payments.refund_reference_missing", "Reference");

    /// <summary>Reasons a payment is held; kept on the order as <see cref="Order.Problem"/>.</summary>
    public static Refusal AmountMismatch { get; } = new("payments.amount_mismatch");
    public static Refusal CurrencyMismatch { get; } = new("payments.currency_mismatch");
    public static Refusal SessionMismatch { get; } = new("payments.session_mismatch");
}
