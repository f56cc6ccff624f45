using System.Diagnostics.CodeAnalysis;

namespace TradeSense.Modules;

/// <summary>Why a use case had no effect. The code is stable; its words stand in the module's <c>refusals.en.json</c>, where {0}, {1} … are the arguments.</summary>
/// <param name="Field">The input the words belong beside, as the request record names it; null when they concern the whole request.</param>
public sealed record Refusal(string Code, string? Field = null, params object[] Arguments)
{
    public Refusal With(params object[] arguments) => this with { Arguments = arguments };

    public bool Equals(Refusal? other) => other is not null && Code == other.Code && Field == other.Field && Arguments.SequenceEqual(other.Arguments);
    public override int GetHashCode() => HashCode.Combine(Code, Field);
}

/// <summary>Success, or the refusal. Bugs and broken infrastructure throw instead.</summary>
public readonly record struct Result(Refusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    public static Result Ok { get; } = new(null);

    public static implicit operator Result(Refusal refusal) => new(refusal);
}

/// <summary>A value, or the refusal that stands in its place.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    /// <summary>The value; asking a refusal for it is a bug and throws.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"There is no value: {Refusal.Code}.");

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
