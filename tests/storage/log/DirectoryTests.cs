namespace Teralog.Storage.Tests.Logs;

public sealed class DirectoryTests
{
    [Fact]
    public void A_directory_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        using LogDirectory first = Open(folder);
        Assert.Throws<StorageException>(() => Open(folder));
    }

    [Fact]
    public void Folders_topic_ids_and_meta_properties_come_back()
    {
        using var folder = new TemporaryFolder();
        var id = Guid.NewGuid();
        using (LogDirectory directory = Open(folder))
        {
            directory.CreateLog("a.b-c-12", id, new LogConfig());
            directory.CreateLog("gone-0", Guid.NewGuid(), new LogConfig()).Delete();
            directory.WriteMetaProperties(new Dictionary<string, string>
            {
                ["cluster.id"] = "4L6g3nShT-eMCtK--X86sw",
                ["version"] = "1",
            });
            Assert.True(directory.Close(isClean: true));
        }

        Directory.CreateDirectory(folder.Combine("left-0.0123456789abcdef-delete"));
        using LogDirectory again = Open(folder);
        Assert.Equal(["a.b-c-12"], again.PartitionFolders());
        Assert.Equal(1, again.PurgeDeletedFolders());
        Assert.Equal(id, again.ReadTopicId("a.b-c-12"));
        Assert.Equal("4L6g3nShT-eMCtK--X86sw", again.ReadMetaProperties()!["cluster.id"]);
        Assert.Equal(("a.b-c", 12), PartitionFolder.Parse("a.b-c-12"));
        Assert.Null(PartitionFolder.Parse("a.b-c"));
        Assert.Null(PartitionFolder.Parse("meta.properties"));
    }

    [Fact]
    public void Handles_of_sealed_segments_are_bounded()
    {
        using var folder = new TemporaryFolder();
        var cache = new HandleCache(idleMax: 3);
        var fileSystem = new LinuxFileSystem();
        var files = new SegmentFile[10];
        for (int index = 0; index < files.Length; index++)
        {
            files[index] = new SegmentFile(fileSystem, cache, folder.Combine($"file{index}"));
            Assert.Equal(IoError.None, files[index].Acquire());
            files[index].Dispose();
        }

        Assert.Equal(3, files.Count(file => file.Handle is not null));
        Assert.NotNull(files[^1].Handle);
        Assert.Equal(IoError.None, files[0].Acquire());
        cache.CloseAll();
        Assert.NotNull(files[0].Handle);
        files[0].Retire();
        files[0].Dispose();
        Assert.Null(files[0].Handle);
        Assert.Equal(IoError.NotFound, files[0].Acquire());
    }

    private static LogDirectory Open(TemporaryFolder folder) =>
        LogDirectory.Open(folder.Path, new LinuxFileSystem(), TimeProvider.System);
}
