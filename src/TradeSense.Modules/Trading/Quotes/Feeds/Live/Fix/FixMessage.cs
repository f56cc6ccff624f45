using System.Globalization;
using System.Text;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

/// <summary>One FIX 4.4 message: its type and its fields in order, without begin string, length and checksum, which exist only on the wire.</summary>
internal sealed class FixMessage(string type)
{
    public const byte End = 1;
    private const string BeginString = "8=FIX.4.4\u0001";
    private const string TimeFormat = "yyyyMMdd-HH:mm:ss.fff";

    private readonly List<(int Tag, string Value)> _fields = [];

    public string Type { get; } = type;
    public IReadOnlyList<(int Tag, string Value)> Fields => _fields;
    public long Sequence => Number(Tags.Sequence) ?? 0;
    public bool IsPossibleDuplicate => Text(Tags.PossibleDuplicate) == "Y";

    /// <summary>When it was first sent.</summary>
    public DateTimeOffset? SentAt => Time(Tags.OriginalSendingTime) ?? Time(Tags.SendingTime);

    public FixMessage Add(int tag, string value)
    {
        _fields.Add((tag, value));
        return this;
    }

    public FixMessage Add(int tag, long value) => Add(tag, value.ToString(CultureInfo.InvariantCulture));

    public string? Text(int tag) => _fields.Find(field => field.Tag == tag) is { Value: { } value } ? value : null;

    public long? Number(int tag) => long.TryParse(Text(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The bytes of the message; header fields first, body length and checksum as the standard counts them.</summary>
    public byte[] Encode(string sender, string target, long sequence, DateTimeOffset now, bool isPossibleDuplicate = false)
    {
        var body = new StringBuilder();
        void Write(int tag, string value) => body.Append(CultureInfo.InvariantCulture, $"{tag}={value}\u0001");
        Write(Tags.Type, Type);
        Write(Tags.Sender, sender);
        Write(Tags.Target, target);
        Write(Tags.Sequence, sequence.ToString(CultureInfo.InvariantCulture));
        if (isPossibleDuplicate) Write(Tags.PossibleDuplicate, "Y");
        Write(Tags.SendingTime, now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        foreach (var (tag, value) in _fields) Write(tag, value);

        var message = string.Create(CultureInfo.InvariantCulture, $"{BeginString}9={Encoding.Latin1.GetByteCount(body.ToString())}\u0001{body}");
        return Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message}10={Checksum(Encoding.Latin1.GetBytes(message)):000}\u0001"));
    }

    /// <summary>Reads the message at the start of what was received.</summary>
    /// <param name="used">Bytes that are done with, also when they were garbled; 0 when more must come first.</param>
    /// <returns>Null while it is incomplete (used 0) or when it was garbled (used above 0).</returns>
    public static FixMessage? Decode(ReadOnlySpan<byte> received, out int used)
    {
        used = 0;
        var begin = "8=FIX.4.4\u00019="u8;
        if (received.Length < begin.Length) return null;
        if (!received.StartsWith(begin)) return Garbled(received, out used);

        var afterLength = received[begin.Length..].IndexOf(End);
        if (afterLength < 0) return received.Length > begin.Length + 7 ? Garbled(received, out used) : null;
        if (!int.TryParse(received.Slice(begin.Length, afterLength), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is 0 or > 1_000_000) return Garbled(received, out used);

        var bodyAt = begin.Length + afterLength + 1;
        const int Trailer = 7;
        if (received.Length < bodyAt + length + Trailer) return null;

        var body = received.Slice(bodyAt, length);
        var trailer = received.Slice(bodyAt + length, Trailer);
        if (!trailer.StartsWith("10="u8) || trailer[^1] != End || body[^1] != End
            || !int.TryParse(trailer[3..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var sum) || sum != Checksum(received[..(bodyAt + length)])) return Garbled(received, out used);

        used = bodyAt + length + Trailer;
        return Parse(body);
    }

    private static FixMessage? Parse(ReadOnlySpan<byte> body)
    {
        FixMessage? message = null;
        foreach (var range in body[..^1].Split(End))
        {
            var field = body[range];
            var equals = field.IndexOf((byte)'=');
            if (equals <= 0 || !int.TryParse(field[..equals], NumberStyles.None, CultureInfo.InvariantCulture, out var tag)) return null;

            var value = Encoding.Latin1.GetString(field[(equals + 1)..]);
            if (message is null && tag != Tags.Type) return null;
            if (message is null) message = new FixMessage(value);
            else message.Add(tag, value);
        }

        return message;
    }

    /// <summary>The standard says: ignore it, go on at the next message; its number will be missed.</summary>
    private static FixMessage? Garbled(ReadOnlySpan<byte> received, out int used)
    {
        var next = received[1..].IndexOf("8=FIX."u8);
        used = next < 0 ? received.Length : next + 1;
        return null;
    }

    private static int Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var one in bytes) sum += one;
        return sum % 256;
    }

    private DateTimeOffset? Time(int tag) =>
        DateTime.TryParseExact(Text(tag), ["yyyyMMdd-HH:mm:ss", "yyyyMMdd-HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? new DateTimeOffset(time) : null;
}

/// <summary>Message types and field numbers of FIX 4.4, as far as prices need them.</summary>
internal static class Types
{
    public const string Heartbeat = "0", TestRequest = "1", ResendRequest = "2", Reject = "3", SequenceReset = "4", Logout = "5", Logon = "A",
        MarketDataRequest = "V", Snapshot = "W", Incremental = "X", RequestReject = "Y", BusinessReject = "j";
}

internal static class Tags
{
    public const int BeginSequence = 7, EndSequence = 16, Sequence = 34, Type = 35, NewSequence = 36, PossibleDuplicate = 43, ReferredSequence = 45, Sender = 49, SendingTime = 52,
        Symbol = 55, Target = 56, Words = 58, Encryption = 98, HeartbeatSeconds = 108, TestRequestId = 112, OriginalSendingTime = 122, GapFill = 123, ResetSequence = 141, Symbols = 146,
        RequestId = 262, SubscriptionType = 263, Depth = 264, UpdateType = 265, EntryTypes = 267, Entries = 268, EntryType = 269, EntryPrice = 270, UpdateAction = 279, RejectReason = 281,
        User = 553, Password = 554;
}
