using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TradeSense.Modules.Notifications;
using TradeSense.Tests.Fixture;
using Xunit;

namespace TradeSense.Tests.Notifications;

public sealed class SendMailTests
{
    [Fact]
    public async Task A_mail_reaches_the_server_with_both_parts_and_an_id_of_its_own()
    {
        using var server = new SmtpListener();
        await using var site = await With(server);
        await using var firm = await TestFirm.Create(site);

        await Write(firm);
        await firm.DrainOutbox();

        var letter = Assert.Single(server.Letters);
        Assert.Contains("To: anna@example.com", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/plain", letter, StringComparison.Ordinal);
        Assert.Contains("text/html", letter, StringComparison.Ordinal);
        Assert.Contains($"@{firm.Host}>", letter, StringComparison.Ordinal);
        Assert.Equal([[1L]], await site.Audit("select count(*) from mails where tenant_id = $1 and sent_at is not null", firm.Tenant.Id));
    }

    [Fact]
    public async Task A_server_that_refuses_is_tried_again_later_and_the_mail_is_kept()
    {
        using var server = new SmtpListener { Refuses = true };
        await using var site = await With(server);
        await using var firm = await TestFirm.Create(site);

        await Write(firm);
        await firm.DrainOutbox();

        Assert.Empty(server.Letters);
        Assert.Equal([[1L]], await site.Audit("select count(*) from outbox_messages where tenant_id = $1 and kind = 'mail.send' and done_at is null and attempts >= 1", firm.Tenant.Id));
    }

    private static Task Write(TestFirm firm) => firm.Run(services =>
        services.GetRequiredService<Mailer>().Send("anna@example.com", "Grüße", new MailText("A sentence.", "123456", "A note."), TestContext.Current.CancellationToken));

    private static Task<Site> With(SmtpListener server) => Site.Start(TimeProvider.System, builder => builder.ConfigureTestServices(services =>
        services.Replace(ServiceDescriptor.Singleton(new MailOptions("127.0.0.1", server.Port, null, null, StartTls: false, "no-reply@example.com")))));

    /// <summary>Enough of RFC 5321 to receive one letter after another.</summary>
    private sealed class SmtpListener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<string> _letters = [];

        public SmtpListener()
        {
            _listener.Start();
            _ = Accept();
        }

        public bool Refuses { get; init; }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public IReadOnlyList<string> Letters
        {
            get
            {
                lock (_letters) return [.. _letters];
            }
        }

        public void Dispose() => _listener.Dispose();

        private async Task Accept()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await Talk(client);
                }
            }
            catch (SocketException)
            {
                // The listener was disposed: the test is over.
            }
        }

        private async Task Talk(TcpClient client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync() is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var letter = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".") letter.AppendLine(text);
                    lock (_letters) _letters.Add(letter.ToString());
                }

                await writer.WriteLineAsync(verb == "MAIL" && Refuses ? "451 not now" : verb == "QUIT" ? "221 bye" : "250 ok");
                if (verb == "QUIT") return;
            }
        }
    }
}
