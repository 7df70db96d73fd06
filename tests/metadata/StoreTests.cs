using System.Text;

namespace Teralog.Metadata.Tests;

public sealed class StoreTests
{
    private const string Folder = "/m";
    private static readonly byte[] _value = Encoding.UTF8.GetBytes("value");

    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task Of_many_who_compare_and_set_at_once_each_round_has_one_winner()
    {
        await using var store = FileMetadataStore.Open(Folder, _disk);
        for (var round = 0; round < 50; round++)
        {
            var seen = store.Get("owner")?.Revision ?? 0;
            var commits = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => store.Commit(
                new MetadataTransaction().Require("owner", seen).Put("owner", _value))));
            Assert.Single(commits, commit => commit.IsCommitted);
            Assert.Equal(15, commits.Count(c => c.Outcome == MetadataOutcome.Conflict));
        }

        Assert.Equal(50, store.Revision);
    }

    [Fact]
    public async Task A_conflict_applies_nothing_and_names_the_key()
    {
        await using var store = FileMetadataStore.Open(Folder, _disk);
        await store.Commit(new MetadataTransaction().Put("a", _value));
        var commit = await store.Commit(
            new MetadataTransaction().RequireAbsent("a").Put("b", _value).Delete("a"));
        Assert.Equal(MetadataOutcome.Conflict, commit.Outcome);
        Assert.Contains("a", commit.Message);
        Assert.Equal(["a"], store.List("").Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_watch_sees_a_snapshot_and_then_every_change_in_order()
    {
        await using var store = FileMetadataStore.Open(Folder, _disk);
        await store.Commit(new MetadataTransaction().Put("t/a", _value).Put("u", _value));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var sets = new List<MetadataChangeSet>();
        await foreach (var set in store.Watch("t/", stop.Token))
        {
            sets.Add(set);
            if (sets.Count == 1)
                await CommitThree(store);
            if (sets.Count == 3)
                break;
        }

        Assert.Equal([true, false, false], sets.Select(set => set.IsSnapshot));
        Assert.Equal([1L, 2, 4], sets.Select(set => set.Revision));
        Assert.Equal("t/a", Assert.Single(sets[0].Changes).Key);
        Assert.Equal(["t/a", "t/b"], sets[1].Changes.Select(change => change.Key));
        Assert.Null(sets[1].Changes[0].Entry);
        Assert.Equal(4, sets[2].Changes[0].Entry!.Revision);
    }

    [Fact]
    public async Task A_slow_watcher_gets_a_snapshot_instead_of_the_backlog()
    {
        await using var store = FileMetadataStore.Open(Folder, _disk);
        var cancellation = TestContext.Current.CancellationToken;
        await using var watch = store.Watch("", cancellation)
            .GetAsyncEnumerator(cancellation);
        Assert.True(await watch.MoveNextAsync());
        for (var i = 0; i < MetadataLimits.WatchQueueMax + 10; i++)
            await store.Commit(new MetadataTransaction().Put($"k{i % 3}", _value));
        Assert.True(await watch.MoveNextAsync());
        Assert.True(watch.Current.IsSnapshot);
        Assert.Equal(store.Revision, watch.Current.Revision);
        await store.Commit(new MetadataTransaction().Delete("k0"));
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("k0", Assert.Single(watch.Current.Changes).Key);
        await store.DisposeAsync();
        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task The_size_on_disk_is_bounded_by_the_state()
    {
        await using (var store = FileMetadataStore.Open(Folder, _disk, 4096))
        {
            for (var i = 0; i < 2000; i++)
                await store.Commit(new MetadataTransaction().Put($"k{i % 10}", _value));
        }

        Assert.Equal(2, _disk.Names.Count);
        Assert.InRange(_disk.Names.Sum(name => _disk.Content(name).Length), 1, 8192);
        await using var reopened = FileMetadataStore.Open(Folder, _disk);
        Assert.Equal(2000, reopened.Revision);
        Assert.Equal(1991, reopened.Get("k0")!.Revision);
    }

    [Fact]
    public async Task Damage_before_the_last_frame_is_refused_and_named()
    {
        await using (var store = FileMetadataStore.Open(Folder, _disk))
        {
            for (var i = 0; i < 3; i++)
                await store.Commit(new MetadataTransaction().Put($"k{i}", _value));
        }

        var path = Assert.Single(_disk.Names);
        var whole = _disk.Content(path);
        var lastFrame = whole.Length - ((whole.Length - StoreFormat.HeaderBytes) / 3);
        for (var at = 0; at < lastFrame; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            _disk.Put(path, damaged);
            var refusal = Assert.Throws<MetadataOpenException>(
                () => FileMetadataStore.Open(Folder, _disk));
            Assert.Contains(path, refusal.Message);
            Assert.Equal(damaged, _disk.Content(path));
        }
    }

    [Fact]
    public async Task A_missing_journal_or_snapshot_is_refused()
    {
        await using (var store = FileMetadataStore.Open(Folder, _disk, 300))
        {
            for (var i = 0; i < 40; i++)
                await store.Commit(new MetadataTransaction().Put("k", _value));
        }

        foreach (var name in _disk.Names.ToList())
        {
            var content = _disk.Content(name);
            _disk.Delete(name);
            Assert.Throws<MetadataOpenException>(() => FileMetadataStore.Open(Folder, _disk));
            _disk.Put(name, content);
        }
    }

    [Fact]
    public async Task A_key_that_is_empty_or_no_text_or_too_long_is_refused()
    {
        await using var store = FileMetadataStore.Open(Folder, _disk);
        foreach (var key in new[] { "", "\ud800", new string('k', 513), new string('\u00e9', 257) })
        {
            var commit = await store.Commit(new MetadataTransaction().Put(key, _value));
            Assert.Equal(MetadataOutcome.Invalid, commit.Outcome);
        }
    }

    [Fact]
    public async Task Bounds_are_kept_and_a_closed_store_says_so()
    {
        var store = FileMetadataStore.Open(Folder, _disk);
        var twice = new MetadataTransaction().Put("a", _value).Delete("a");
        Assert.Equal(MetadataOutcome.Invalid, (await store.Commit(twice)).Outcome);
        var large = new MetadataTransaction().Put("a", new byte[MetadataLimits.ValueBytesMax + 1]);
        Assert.Equal(MetadataOutcome.Invalid, (await store.Commit(large)).Outcome);
        await store.DisposeAsync();
        var late = await store.Commit(new MetadataTransaction().Put("a", _value));
        Assert.Equal(MetadataOutcome.Unavailable, late.Outcome);
    }

    private static async Task CommitThree(FileMetadataStore store)
    {
        await store.Commit(new MetadataTransaction().Put("t/b", _value).Delete("t/a"));
        await store.Commit(new MetadataTransaction().Put("other", _value));
        await store.Commit(new MetadataTransaction().Put("t/b", _value));
    }
}
