using Teralog.Records;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// One API as it is served: its key, its versions, and what begins a request. One instance for
/// all connections; it keeps no state.
/// </summary>
internal abstract class Api
{
    protected Api(string name, short key, short first, short last, short flexibleFrom)
    {
        Invariant.That(first <= last);
        Name = name;
        Key = key;
        First = first;
        Last = last;
        FlexibleFrom = flexibleFrom;
        AdvertisedFirst = first;
    }

    public string Name { get; }

    public short Key { get; }

    /// <summary>Lowest version that is answered.</summary>
    public short First { get; }

    /// <summary>Highest version that is answered and advertised.</summary>
    public short Last { get; }

    /// <summary>Lowest version that ApiVersions names; below <see cref="First"/> only where
    /// clients look at it without sending it.</summary>
    public short AdvertisedFirst { get; protected init; }

    /// <summary>First version with tagged fields.</summary>
    public short FlexibleFrom { get; }

    public bool IsFlexible(short version) => version >= FlexibleFrom;

    /// <summary>Whether a request of this version is answered; others close the connection.
    /// </summary>
    public virtual bool IsServed(short version) => version >= First && version <= Last;

    /// <summary>
    /// Reads the request, starts it, and gives what will answer it; null where the body is
    /// malformed, and then nothing was done.
    /// </summary>
    public abstract PendingResponse? Begin(in RequestFrame frame, KafkaConnection connection);
}
