using System.Text;

namespace TradeSense.Web.Live;

/// <summary>One message of a live stream: the partials that changed since the message before.</summary>
public sealed class LiveFrame
{
    private readonly PartialRenderer _renderer;
    private readonly Dictionary<string, string> _sent;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _told = new();

    internal LiveFrame(PartialRenderer renderer, Dictionary<string, string> sent) => (_renderer, _sent) = (renderer, sent);

    internal bool IsEmpty => _text.Length == 0 && _told.Length == 0;

    /// <summary>Named events first, then the markup as one unnamed message: both as they go over the line.</summary>
    internal string Lines => _told + (_text.Length == 0 ? "" : AsData(_text.ToString()));

    /// <summary>Renders the page's own partial and has the browser morph the element of that id into it. Nothing is sent when it looks as it did.</summary>
    /// <param name="elementId">The id of the partial's root element, without #.</param>
    public async Task Add(string elementId, string partial, object model)
    {
        var html = await _renderer.Render(partial, model);
        if (_sent.TryGetValue(elementId, out var before) && before == html) return;

        _sent[elementId] = html;
        _text.Append("<hx-partial hx-target=\"#").Append(elementId).Append("\" hx-swap=\"outerMorph\">").Append(html).Append("</hx-partial>\n");
    }

    /// <summary>A named event with data for the page's own script: it becomes a DOM event of that name on the stream's element.</summary>
    /// <param name="id">Given back as <c>Last-Event-ID</c> when the browser connects again; null for what is worth nothing later.</param>
    public void Tell(string name, string data, string? id = null) =>
        _told.Append("event: ").Append(name).Append('\n').Append(id is null ? "" : $"id: {id}\n").Append(AsData(data));

    /// <summary>Every line becomes a data line; a line break of any kind must not end the message early.</summary>
    private static string AsData(string text) => "data: " + text.ReplaceLineEndings("\n").TrimEnd('\n').Replace("\n", "\ndata: ", StringComparison.Ordinal) + "\n\n";
}
