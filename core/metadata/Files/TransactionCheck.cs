using System.Text;

namespace Teralog.Metadata;

/// <summary>Whether a transaction is within <see cref="MetadataLimits"/>: a pure
/// decision.</summary>
internal static class TransactionCheck
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A sentence that says what is wrong, or null.</summary>
    public static string? Fault(MetadataTransaction transaction)
    {
        if (transaction.Writes.Count > MetadataLimits.OperationsMax
            || transaction.Compares.Count > MetadataLimits.OperationsMax)
            return $"A transaction has at most {MetadataLimits.OperationsMax} writes and as many "
                + "comparisons.";
        foreach (var compare in transaction.Compares)
        {
            if (KeyFault(compare.Key, out _) is { } fault)
                return fault;
        }

        return WritesFault(transaction.Writes);
    }

    private static string? WritesFault(IReadOnlyList<MetadataWrite> writes)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var totalBytes = 0L;
        foreach (var write in writes)
        {
            if (KeyFault(write.Key, out var keyBytes) is { } fault)
                return fault;
            if (!keys.Add(write.Key))
                return $"The key {write.Key} is written twice in one transaction.";
            if (write.Value.Length > MetadataLimits.ValueBytesMax)
                return $"The value of {write.Key} has {write.Value.Length} bytes; at most "
                    + $"{MetadataLimits.ValueBytesMax} are kept.";
            totalBytes += keyBytes + write.Value.Length;
        }

        return totalBytes > MetadataLimits.TransactionBytesMax
            ? $"A transaction has at most {MetadataLimits.TransactionBytesMax} bytes."
            : null;
    }

    private static string? KeyFault(string key, out int bytes)
    {
        bytes = 0;
        if (key.Length is 0 or > MetadataLimits.KeyBytesMax)
            return $"A key has 1 to {MetadataLimits.KeyBytesMax} bytes.";
        try
        {
            bytes = _strict.GetByteCount(key);
        }
        catch (EncoderFallbackException)
        {
            return "A key is not valid Unicode text.";
        }

        return bytes > MetadataLimits.KeyBytesMax
            ? $"A key has 1 to {MetadataLimits.KeyBytesMax} bytes."
            : null;
    }
}
