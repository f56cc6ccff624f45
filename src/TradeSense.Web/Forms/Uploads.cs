namespace TradeSense.Web.Forms;

public static class Uploads
{
    /// <summary>Name and bytes of an uploaded file; null when none was chosen. Files beyond the limit are cut one byte after it: enough to be refused for their size.</summary>
    public static async Task<(string Name, byte[] Bytes)?> Read(this IFormFile? file, int limit, CancellationToken ct)
    {
        if (file is null) return null;

        var bytes = new byte[Math.Min(file.Length, limit + 1L)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, ct);
        return (file.FileName, bytes);
    }
}
