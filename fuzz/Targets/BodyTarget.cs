using Teralog.Records.Wire;

namespace Teralog.Fuzz.Targets;

/// <summary>
/// The body of every request in every version: what is read is bounded by what was sent, and
/// what is accepted can be written and read again without another change.
/// </summary>
internal sealed class BodyTarget : IFuzzTarget
{
    private static readonly Type[] Requests = [.. KafkaMessages.Requests.Values];

    /// <inheritdoc/>
    public string Name => "body";

    /// <inheritdoc/>
    public int SmokeIterations => 20_000;

    /// <inheritdoc/>
    public void Run(Random random)
    {
        var type = Requests[random.Next(Requests.Length)];
        var version = (short)random.Next(
            KafkaMessages.Fact(type, "VersionMin"), KafkaMessages.Fact(type, "VersionMax") + 1);
        var right = KafkaMessages.Write(KafkaMessages.Make(type, random), version);
        Check.That(Read(type, right, version) is not null, $"{type.Name} {version}: right bytes");
        Try(type, Mutation.Of(right, random), version);
    }

    /// <summary>Reads bytes; if they are accepted, checks that writing settles.</summary>
    public static void Try(Type type, byte[] bytes, short version)
    {
        IWireStruct? read = null;
        Check.Bounded(bytes.Length, () => read = Read(type, bytes, version));
        if (read is null)
            return;
        var once = KafkaMessages.Write(read, version);
        var again = Read(type, once, version);
        Check.That(again is not null, $"{type.Name} {version}: written, not readable");
        Check.That(once.AsSpan().SequenceEqual(KafkaMessages.Write(again!, version)),
            $"{type.Name} {version}: written twice, not the same");
    }

    private static IWireStruct? Read(Type type, byte[] bytes, short version)
    {
        var reader = new WireReader(bytes);
        var made = (IWireStruct)Activator.CreateInstance(type)!;
        made.Read(ref reader, version);
        Check.That(reader.Position <= bytes.Length, "read past the end");
        return reader.Failed ? null : made;
    }
}
