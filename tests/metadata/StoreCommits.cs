namespace Teralog.Metadata.Tests;

/// <summary>Commits that a cancelled test run does not wait for.</summary>
internal static class StoreCommits
{
    public static Task<MetadataCommit> Commit(
        this IMetadataStore store, MetadataTransaction transaction) =>
        store.CommitAsync(transaction, TestContext.Current.CancellationToken).AsTask();
}
