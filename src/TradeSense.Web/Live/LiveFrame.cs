using System.Text;

namespace TradeSense.Web.Live;

/// <summary>One message of a live stream: the partials that changed since the message before.</summary>
public sealed class LiveFrame
{
    private readonly PartialRenderer _renderer;
    private readonly Dictionary<string, string> _sent;
    private readonly StringBuilder _text = new();

    internal LiveFrame(PartialRenderer renderer, Dictionary<string, string> sent) => (_renderer, _sent) = (renderer, sent);

    internal bool IsEmpty => _text.Length == 0;

    internal string Text => _text.ToString();

    /// <summary>Renders the page's own partial and has the browser morph the element of that id into it. Nothing is sent when it looks as it did.</summary>
    /// <param name="elementId">The id of the partial's root element, without #.</param>
    public async Task Add(string elementId, string partial, object model)
    {
        var html = await _renderer.Render(partial, model);
        if (_sent.TryGetValue(elementId, out var before) && before == html) return;

        _sent[elementId] = html;
        _text.Append("<hx-partial hx-target=\"#").Append(elementId).Append("\" hx-swap=\"outerMorph\">").Append(html).Append("</hx-partial>\n");
    }
}
