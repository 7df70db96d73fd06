namespace Teralog.Protocol.Kafka;

/// <summary>What a request names more than once; Kafka refuses those and serves the rest.</summary>
internal static class Repeated
{
    public static HashSet<TKey> Of<TItem, TKey>(
        IEnumerable<TItem> items, Func<TItem, TKey> keyOf)
    {
        var seen = new HashSet<TKey>();
        var repeated = new HashSet<TKey>();
        foreach (var item in items)
        {
            if (!seen.Add(keyOf(item)))
                _ = repeated.Add(keyOf(item));
        }
        return repeated;
    }
}
