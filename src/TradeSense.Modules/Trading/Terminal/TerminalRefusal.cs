namespace TradeSense.Modules.Trading.Terminal;

/// <summary>Why the terminal could not keep something.</summary>
public static class TerminalRefusal
{
    public static Refusal UnknownKind { get; } = new("terminal.unknown_kind", "Kind");
    public static Refusal InvalidName { get; } = new("terminal.invalid_name", "Name");
    public static Refusal InvalidBody { get; } = new("terminal.invalid_body", "Body");
    public static Refusal TooLarge { get; } = new("terminal.too_large", "Body");
    public static Refusal TooMany { get; } = new("terminal.too_many", "Name");
}
