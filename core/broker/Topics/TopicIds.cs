namespace Teralog.Broker;

/// <summary>Ids of topics and clusters, and their text (KIP-516): base64url of the 16 bytes in
/// network order, without padding.</summary>
internal static class TopicIds
{
    /// <summary>A new id whose text does not begin with a dash: tools would take it for an
    /// option.</summary>
    internal static Guid Create()
    {
        while (true)
        {
            var id = Guid.NewGuid();
            if (!ToText(id).StartsWith('-'))
                return id;
        }
    }

    internal static string ToText(Guid id) =>
        System.Buffers.Text.Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));
}
