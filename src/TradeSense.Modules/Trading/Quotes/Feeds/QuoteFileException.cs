namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>A recording cannot be read. The message names the file, the line and what is wrong with it.</summary>
public sealed class QuoteFileException(string file, long line, string problem)
    : Exception($"{Path.GetFileName(file)}, line {line}: {problem}")
{
    public string File { get; } = file;
    public long Line { get; } = line;
}
