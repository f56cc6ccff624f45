using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>Many hashes under one: whoever has a leaf and the path to the root can show that the leaf was there, without the others.</summary>
/// <remarks>Leaf = SHA-256(0 ‖ text), node = SHA-256(1 ‖ left ‖ right); a node without a neighbour moves up as it is. Hashes are written in hex.</remarks>
public static class MerkleTree
{
    /// <summary>The root over nothing.</summary>
    public static string Empty => Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>What a leaf says: the account's journal had so many entries, the last with this hash.</summary>
    public static string Leaf(Guid account, long sequence, string hash) =>
        Convert.ToHexStringLower(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}\n{sequence}\n{hash}"))]));

    public static string RootOf(IReadOnlyList<string> leaves)
    {
        if (leaves.Count == 0) return Empty;
        var level = leaves;
        while (level.Count > 1) level = Above(level);
        return level[0];
    }

    /// <summary>The neighbours from the leaf up: <c>L:</c> stands left of what was reached so far, <c>R:</c> right of it.</summary>
    public static IReadOnlyList<string> PathOf(IReadOnlyList<string> leaves, int position)
    {
        var path = new List<string>();
        for (var level = leaves; level.Count > 1; level = Above(level), position /= 2)
        {
            var neighbour = position ^ 1;
            if (neighbour < level.Count) path.Add((neighbour < position ? "L:" : "R:") + level[neighbour]);
        }

        return path;
    }

    public static string RootFrom(string leaf, IEnumerable<string> path) =>
        path.Aggregate(leaf, (reached, step) => step.StartsWith("L:", StringComparison.Ordinal) ? Node(step[2..], reached) : step.StartsWith("R:", StringComparison.Ordinal) ? Node(reached, step[2..]) : "");

    private static List<string> Above(IReadOnlyList<string> level) =>
        [.. level.Chunk(2).Select(pair => pair.Length == 2 ? Node(pair[0], pair[1]) : pair[0])];

    /// <summary>The two as text: a digit changed anywhere, even into one that reads the same number, gives another node.</summary>
    private static string Node(string left, string right) => Convert.ToHexStringLower(SHA256.HashData([1, .. Encoding.UTF8.GetBytes(left + right)]));
}
