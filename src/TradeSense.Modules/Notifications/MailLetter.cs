using System.Net;

namespace TradeSense.Modules.Notifications;

/// <summary>An e-mail as HTML. Tables and attributes, because mail programs know little else; every colour is said, because their own scheme may be another.</summary>
internal static class MailLetter
{
    /// <summary>The logo travels in the mail: nothing is loaded from anywhere when it is opened.</summary>
    public const string LogoId = "logo";

    public static string Html(MailLook look, string brand, MailText text) => $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="only light"></head>
        <body style="margin:0;padding:0;background:{look.Background}">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="{look.Background}"><tr><td align="center" style="padding:24px 12px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;border:1px solid {look.Border};border-radius:{look.Radius}px;border-collapse:separate;overflow:hidden;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
        <tr><td bgcolor="{look.Primary}" style="padding:16px 24px;color:{look.OnPrimary};font-size:18px;font-weight:700">{Logo(look)}<span style="vertical-align:middle">{E(brand)}</span></td></tr>
        <tr><td bgcolor="{look.Surface}" style="padding:24px;color:{look.Text}"><p style="margin:0 0 16px">{E(text.Sentence)}</p>
        {Code(look, text)}{Action(look, text)}<p style="margin:0;color:{look.TextMuted};font-size:14px">{E(text.Note)}</p></td></tr>
        </table></td></tr></table></body></html>
        """;

    private static string Logo(MailLook look) => look.Logo is null ? "" : $"""<img src="cid:{LogoId}" width="32" height="32" alt="" style="vertical-align:middle;margin-right:10px">""";

    private static string Code(MailLook look, MailText text) => text.Code is null ? "" :
        $"""<p style="margin:0 0 16px;color:{look.Heading};font:700 28px ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px">{E(text.Code)}</p>""";

    /// <summary>A button, and its address below for programs that show no buttons.</summary>
    private static string Action(MailLook look, MailText text) => text.Link is null ? "" : $"""
        <table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px"><tr><td bgcolor="{look.Primary}" style="border-radius:{look.Radius}px"><a href="{E(text.Link)}" style="display:inline-block;padding:12px 20px;color:{look.OnPrimary};font-weight:600;text-decoration:none">{E(text.LinkLabel ?? text.Link)}</a></td></tr></table>
        """;

    private static string E(string words) => WebUtility.HtmlEncode(words);
}
