using TradeSense.Modules.Database;
using TradeSense.Web.Commands.Demo;
using TradeSense.Web.Hosting;

namespace TradeSense.Web.Commands;

/// <summary>Every verb of the executable. Exit codes: 0 done, 1 refused or different, 2 wrong use.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case null or "serve":
            // In-process test hosts pass settings, never a verb.
            case { } option when option.StartsWith("--", StringComparison.Ordinal):
                await using (var app = WebHost.Build(args))
                {
                    ForgetSecrets();
                    await app.RunAsync();
                }

                return 0;
            case "demo": return await DemoCommand.Run(args[1..], Console.Out, Console.Error);
            case "tenant": return await TenantCommand.Run(args[1..], Console.Out, Console.Error);
            case "migrate":
                await Migrate();
                return 0;
            case "rules":
                return await RulesCommand.Run(args[1..], Console.Out, Console.Error);
            case "replay":
                return await ReplayCommand.Run(args[1..], Console.Out, Console.Error);
            case "verify" when args is [_, "--audit", var slug]:
                await using (var app = WebHost.Build([])) return await VerifyAuditCommand.Run(app.Services, slug, Console.Out, Console.Error);
            case "verify":
                return await VerifyCommand.Run(args[1..], Console.Out, Console.Error);
            default:
                await Console.Error.WriteLineAsync($"There is no verb “{args[0]}”. Verbs: serve, migrate, tenant, demo, rules, replay, verify.");
                return 2;
        }
    }

    /// <summary>They are in the configuration by now. The environment is what a program started by this one would inherit, and what others of the same user can read.</summary>
    private static void ForgetSecrets()
    {
        foreach (var name in (string[])
                 [
                     "TRADESENSE_DATABASE", "TRADESENSE_APP_DATABASE", "TRADESENSE_ENGINE_DATABASE", "TRADESENSE_AUDIT_DATABASE", "TRADESENSE_ROLE_PASSWORD",
                     "TRADESENSE_MASTER_KEY", "TRADESENSE_SMTP_PASSWORD",
                 ])
            Environment.SetEnvironmentVariable(name, null);
    }

    private static Task Migrate() =>
        new Migrator(DatabaseOptions.From(Environment.GetEnvironmentVariable), Layout.Folder("migrations"), Console.Out).Run(CancellationToken.None);
}
