using System.Text.Json;
using Teralog.Abstractions;
using Teralog.Metadata;
using Teralog.Records;

namespace Teralog.Broker;

/// <summary>Commits from the admin thread, and values as JSON.</summary>
internal static class MetadataCommits
{
    /// <summary>Commits and waits: the admin thread has nothing else to do meanwhile.</summary>
    internal static TopicResult CommitNow(this IMetadataStore store, MetadataTransaction change)
    {
        MetadataCommit commit = store.CommitAsync(change).AsTask().GetAwaiter().GetResult();
        return commit.Outcome switch
        {
            MetadataOutcome.Committed => default,
            MetadataOutcome.Conflict => new(
                BrokerError.InvalidRequest, "It was changed by someone else meanwhile: try again."),
            MetadataOutcome.Invalid => new(BrokerError.InvalidRequest, commit.Message),
            MetadataOutcome.Unavailable => new(BrokerError.StorageFailed, commit.Message),
            MetadataOutcome.Unknown => new(BrokerError.TimedOut, commit.Message),
            _ => throw new InvariantException($"No such outcome: {commit.Outcome}"),
        };
    }

    /// <summary>The key must still be as the local view has it, or still be absent.</summary>
    internal static MetadataTransaction RequireAsSeen(
        this MetadataTransaction change, IMetadataStore store, string key) =>
        change.Require(key, store.Get(key)?.Revision ?? 0);

    internal static byte[] ToJson<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value);

    internal static T FromJson<T>(MetadataEntry entry) =>
        JsonSerializer.Deserialize<T>(entry.Value.Span)
        ?? throw new InvalidDataException($"The metadata key {entry.Key} is empty.");

    /// <summary>The configuration entries under a key; none where the key does not exist.</summary>
    internal static IReadOnlyDictionary<string, string> ReadEntries(
        this IMetadataStore store, string key) =>
        store.Get(key) is { } entry ? FromJson<Dictionary<string, string>>(entry) : NoEntries;

    internal static IReadOnlyDictionary<string, string> NoEntries { get; } =
        new Dictionary<string, string>();

    /// <summary>Puts the entries, or removes the key where there are none.</summary>
    internal static MetadataTransaction PutEntries(
        this MetadataTransaction change, string key, IReadOnlyDictionary<string, string> entries) =>
        entries.Count == 0 ? change.Delete(key) : change.Put(key, ToJson(entries));
}
