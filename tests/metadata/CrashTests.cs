using System.Text;
using FsCheck.Xunit;
using Teralog.Storage;

namespace Teralog.Metadata.Tests;

public sealed class CrashTests
{
    private const string Folder = "/m";
    private const long RollBytes = 300;

    /// <summary>After a power cut at any step the store holds exactly the acknowledged commits, or
    /// those and the one under way.</summary>
    [Property(MaxTest = 400)]
    public async Task A_power_cut_keeps_what_was_acknowledged(
        (byte Key, byte Size, bool Delete)[] commits, ushort step, int seed)
    {
        var disk = new MemoryDisk(seed) { CrashAtStep = 1 + step % (8 + commits.Length * 4) };
        var states = new List<string>();
        var acknowledged = -1;
        await using (var store = FileMetadataStore.Open(Folder, disk, RollBytes))
        {
            states.Add(Describe(store));
            foreach (var (key, size, delete) in commits)
            {
                if (disk.Image is null)
                    acknowledged = states.Count - 1;
                Assert.True((await store.Commit(Change(key, size, delete))).IsCommitted);
                states.Add(Describe(store));
            }
        }

        if (disk.Image is null)
            return;
        await using var reopened = FileMetadataStore.Open(Folder, disk.Image, RollBytes);
        var index = states.IndexOf(Describe(reopened));
        Assert.InRange(index, Math.Max(acknowledged, 0), Math.Max(acknowledged, 0) + 1);
        Assert.True((await reopened.Commit(Change(1, 3, false))).IsCommitted);
    }

    [Property(MaxTest = 200)]
    public async Task A_failed_sync_ends_the_store_and_a_full_disk_does_not(
        byte[] keys, ushort step, bool isFull)
    {
        var disk = new MemoryDisk
        {
            FailAtStep = 8 + step % (1 + keys.Length * 2),
            FailWith = isFull ? IoError.NoSpace : IoError.Device,
        };
        string expected;
        var hasFailed = false;
        await using (var store = FileMetadataStore.Open(Folder, disk))
        {
            foreach (var key in keys)
            {
                var before = Describe(store);
                var commit = await store.Commit(Change(key, 5, false));
                Assert.False(commit.IsCommitted && hasFailed);
                Assert.Equal(commit.IsCommitted, before != Describe(store));
                Assert.Equal(commit.IsCommitted, commit.Message is null);
                hasFailed |= commit.Outcome == MetadataOutcome.Unknown;
            }

            expected = Describe(store);
        }

        await using var reopened = FileMetadataStore.Open(Folder, disk);
        if (!hasFailed)
            Assert.Equal(expected, Describe(reopened));
    }

    private static MetadataTransaction Change(byte key, byte size, bool delete)
    {
        var transaction = new MetadataTransaction();
        var name = $"k/{key % 5}";
        return delete
            ? transaction.Delete(name)
            : transaction.Put(name, Enumerable.Repeat(key, size).ToArray()).Put(
                "last", new[] { size });
    }

    private static string Describe(FileMetadataStore store)
    {
        var text = new StringBuilder().Append(store.Revision);
        foreach (var entry in store.List(""))
            text.Append($" {entry.Key}@{entry.Revision}={Convert.ToHexString(entry.Value.Span)}");
        return text.ToString();
    }
}
