using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>Connection strings, one per database role. Only <c>migrate</c> uses <see cref="Owner"/>; the rest log in as their low role directly.</summary>
public sealed record DatabaseOptions(string Owner, string App, string Engine, string Audit, string RolePassword)
{
    public const string OwnerRole = "tradesense_owner";
    public const string AppRole = "tradesense_app";
    public const string EngineRole = "tradesense_engine";
    public const string AuditRole = "tradesense_audit";

    /// <summary>
    /// Reads TRADESENSE_DATABASE (administrator or owner), TRADESENSE_{APP,ENGINE,AUDIT}_DATABASE where given, else the same server with the
    /// role's name and TRADESENSE_ROLE_PASSWORD.
    /// </summary>
    public static DatabaseOptions From(Func<string, string?> environment)
    {
        var owner = environment("TRADESENSE_DATABASE");
        var password = environment("TRADESENSE_ROLE_PASSWORD") ?? "";
        string Of(string variable, string role) => environment(variable) ?? As(owner, role, password);

        return new DatabaseOptions(
            owner ?? "",
            Of("TRADESENSE_APP_DATABASE", AppRole),
            Of("TRADESENSE_ENGINE_DATABASE", EngineRole),
            Of("TRADESENSE_AUDIT_DATABASE", AuditRole),
            password);
    }

    internal static string As(string? connectionString, string role, string password)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException("Set TRADESENSE_DATABASE, or start with ./tradesense run, which brings a private server.");

        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            Username = role, Password = password, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, Multiplexing = false,
        }.ConnectionString;
    }
}
