namespace Teralog.Protocol.Kafka;

/// <summary>Kafka's rule for topic names: what a client is told of a topic that is not there.
/// </summary>
internal static class TopicNames
{
    public static bool IsLegal(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > Limits.TopicNameBytesMax || name is "." or "..")
            return false;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_' or '-'))
                return false;
        }
        return true;
    }
}
