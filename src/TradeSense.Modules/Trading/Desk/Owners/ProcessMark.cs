using System.Globalization;

namespace TradeSense.Modules.Trading.Desk.Owners;

/// <summary>
/// The name a process signs its leases with: machine, process id, and what tells two processes of the same id apart. Another process of the same
/// machine can see by it that the owner is dead, and need not wait for the lease to run out.
/// </summary>
internal static class ProcessMark
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>Machine, process, its start in clock ticks since boot, and the boot and process namespace in which those numbers mean something.</summary>
    public static string Own { get; } = string.Join(':', Environment.MachineName, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StartOf(Environment.ProcessId) ?? "", Home());

    /// <summary>Only when it is certain: the mark is of this machine's boot and namespace, and no such process lives.</summary>
    public static bool IsGone(string mark)
    {
        var (parts, own) = (mark.Split(':'), Own.Split(':'));
        if (parts.Length != own.Length || parts[0] != own[0] || parts[3] != own[3] || own[3].Length == 0 || parts[2].Length == 0) return false;
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && StartOf(id) != parts[2];
    }

    private static string Home()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(BootId)) return "";
        var space = File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name.Replace(':', '-');
        return space is null ? "" : $"{File.ReadAllText(BootId).Trim()}/{space}";
    }

    /// <summary>Null when there is no such process, or only its remains, which nobody has collected yet.</summary>
    private static string? StartOf(int id)
    {
        try
        {
            // The name in parentheses may hold anything; what follows its end is fields 3 (state) to 22 (start).
            var fields = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
