using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace TradeSense.Modules.Trading.Desk.Links;

/// <summary>The other side is gone, or does not serve the shard.</summary>
/// <param name="neverArrived">It is certain that the question was not heard.</param>
internal sealed class LinkLostException(string message, bool neverArrived, Exception? inner = null) : Exception(message, inner)
{
    public bool NeverArrived => neverArrived;
}

/// <summary>
/// A connection between two processes of the installation. Both sides prove that they hold the key by what they seal with it: frames are AES-256-GCM
/// under keys derived for this connection and direction from the shared key and both sides' random numbers, counted, so that nothing can be read,
/// changed, repeated or left out on the way.
/// </summary>
internal sealed class SealedLine : IAsyncDisposable
{
    private const int HelloSize = 32, TagSize = 16, NonceSize = 12;
    private const int MostBytes = 16 * 1024 * 1024;
    private const int FullBuffer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(8192) { SingleReader = true });
    private readonly NetworkStream _stream;
    private readonly AesGcm _sending;
    private readonly AesGcm _receiving;
    private readonly Task _writing;
    private ulong _sent;
    private ulong _received;

    private SealedLine(NetworkStream stream, byte[] sendingKey, byte[] receivingKey)
    {
        (_stream, _sending, _receiving) = (stream, new AesGcm(sendingKey, TagSize), new AesGcm(receivingKey, TagSize));
        _writing = Task.Run(Write);
    }

    public static async Task<SealedLine> Open(Socket socket, byte[] key, bool isCaller, CancellationToken ct)
    {
        socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var (own, other) = (RandomNumberGenerator.GetBytes(HelloSize), new byte[HelloSize]);
        await stream.WriteAsync(own, patience.Token);
        await stream.ReadExactlyAsync(other, patience.Token);

        byte[] salt = isCaller ? [.. own, .. other] : [.. other, .. own];
        byte[] Derive(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt, Encoding.UTF8.GetBytes(use));
        var (called, calling) = (Derive("to the owner"), Derive("to the caller"));
        return isCaller ? new SealedLine(stream, called, calling) : new SealedLine(stream, calling, called);
    }

    /// <summary>False when the line is closed, or so slow that its queue is full.</summary>
    public bool TrySend(byte[] plain) => _outgoing.Writer.TryWrite(plain);

    public ValueTask Send(byte[] plain, CancellationToken ct) => _outgoing.Writer.WriteAsync(plain, ct);

    /// <summary>The next message, or null when the other side has closed the line. A frame that was not sealed with the key ends it.</summary>
    public async Task<byte[]?> Receive(CancellationToken ct)
    {
        var header = new byte[sizeof(int)];
        if (await _stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, ct) < header.Length) return null;

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        // Before the first frame has opened, the other side is a stranger and gets no memory from us.
        if (length < TagSize || length > (_received == 0 ? FullBuffer : MostBytes)) throw new CryptographicException("A frame of an impossible length.");

        var frame = new byte[length];
        await _stream.ReadExactlyAsync(frame, ct);
        var plain = new byte[length - TagSize];
        _receiving.Decrypt(NonceOf(_received++), frame.AsSpan(0, plain.Length), frame.AsSpan(plain.Length), plain, header);
        return plain;
    }

    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await _stream.DisposeAsync();
        await _writing;
        _sending.Dispose();
        _receiving.Dispose();
    }

    /// <summary>What is waiting goes out in one write: many small messages cost one call of the kernel.</summary>
    private async Task Write()
    {
        var buffer = new MemoryStream();
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync())
            {
                buffer.SetLength(0);
                while (buffer.Length < FullBuffer && _outgoing.Reader.TryRead(out var plain)) Seal(plain, buffer);
                await _stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
            }
        }
        catch (Exception lost) when (lost is IOException or ObjectDisposedException)
        {
            // The reader of this line finds its end too, and tells whoever waits.
            _outgoing.Writer.TryComplete();
        }
    }

    private void Seal(byte[] plain, MemoryStream buffer)
    {
        var frame = new byte[sizeof(int) + plain.Length + TagSize];
        var header = frame.AsSpan(0, sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(header, plain.Length + TagSize);
        _sending.Encrypt(NonceOf(_sent++), plain, frame.AsSpan(sizeof(int), plain.Length), frame.AsSpan(sizeof(int) + plain.Length), header);
        buffer.Write(frame);
    }

    private static byte[] NonceOf(ulong count)
    {
        var nonce = new byte[NonceSize];
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, count);
        return nonce;
    }
}
