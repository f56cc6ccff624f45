using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace TradeSense.Web.Forms;

/// <summary>A list as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read it right). Texts a spreadsheet would run as a formula are made harmless.</summary>
public static class CsvFile
{
    public static FileContentResult Of<T>(string name, IEnumerable<T> rows, params (string Heading, Func<T, object?> Value)[] columns)
    {
        var text = new StringBuilder("\uFEFF");
        Line(text, columns.Select(column => (object?)column.Heading));
        foreach (var row in rows) Line(text, columns.Select(column => column.Value(row)));
        return new FileContentResult(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8") { FileDownloadName = name };
    }

    private static void Line(StringBuilder text, IEnumerable<object?> values) => text.AppendJoin(',', values.Select(Cell)).Append("\r\n");

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        IFormattable other => Quoted(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quoted(Harmless(value.ToString() ?? "")),
    };

    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
