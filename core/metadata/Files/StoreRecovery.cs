namespace Teralog.Metadata;

/// <summary>
/// Reads a store's folder: the newest snapshot, then its journal. A torn last frame was never
/// acknowledged and is cut; anything else that is wrong is damage, and refused with a sentence:
/// a broker that forgets topics is worse than one that does not start.
/// </summary>
internal static class StoreRecovery
{
    /// <summary>What was found: the state, its base, and the journal's sound length.</summary>
    internal sealed record Found(StoreView View, long BaseRevision, long JournalBytes, bool IsTorn);

    /// <summary>Null for a folder that holds no store yet. Changes nothing.</summary>
    public static Found? Read(StoreFiles files)
    {
        var snapshots = files.Snapshots();
        var journals = files.Journals();
        if (snapshots.Count == 0 && journals.Count == 0)
            return null;
        var baseRevision = snapshots.Count == 0 ? 0 : snapshots[^1];
        if (!journals.Contains(baseRevision))
            throw new MetadataOpenException($"The metadata journal "
                + $"{files.JournalPath(baseRevision)} is missing: put it back from a backup.");
        RefuseLaterJournals(files, journals, baseRevision);
        var view = baseRevision == 0
            ? StoreView.Empty
            : ReadSnapshot(files.SnapshotPath(baseRevision), baseRevision, files);
        return ReadJournal(files.JournalPath(baseRevision), view, files);
    }

    /// <summary>A roll makes the new journal before the new snapshot, so an empty one may be there
    /// without it; one with content means that its snapshot was lost.</summary>
    private static void RefuseLaterJournals(
        StoreFiles files, List<long> journals, long baseRevision)
    {
        foreach (var later in journals.Where(revision => revision > baseRevision))
        {
            if (files.ReadAll(files.JournalPath(later)).Length > StoreFormat.HeaderBytes)
                throw new MetadataOpenException($"The metadata snapshot "
                    + $"{files.SnapshotPath(later)} is missing: put it back from a backup.");
        }
    }

    private static StoreView ReadSnapshot(string path, long baseRevision, StoreFiles files)
    {
        var bytes = files.ReadAll(path);
        if (!StoreFormat.HasHeader(bytes, StoreFormat.SnapshotKind, baseRevision)
            || !StoreFormat.TryFrame(bytes.AsSpan(StoreFormat.HeaderBytes), out var payload))
            throw Damaged(path, 0);
        try
        {
            return ReadEntries(payload, baseRevision);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(path, StoreFormat.HeaderBytes, exception);
        }
    }

    private static StoreView ReadEntries(ReadOnlySpan<byte> payload, long baseRevision)
    {
        var reader = new PayloadReader(payload);
        var entries = StoreView.Empty.Entries.ToBuilder();
        for (var left = reader.Count(); left > 0; left--)
        {
            var revision = reader.Int64();
            var key = reader.Key();
            entries[key] = new MetadataEntry(key, reader.Value(), revision);
        }

        return new StoreView(baseRevision, entries.ToImmutable());
    }

    private static Found ReadJournal(string path, StoreView start, StoreFiles files)
    {
        var bytes = files.ReadAll(path);
        if (!StoreFormat.HasHeader(bytes, StoreFormat.JournalKind, start.Revision))
            throw Damaged(path, 0);
        var view = start;
        var at = StoreFormat.HeaderBytes;
        while (at < bytes.Length && StoreFormat.TryFrame(bytes.AsSpan(at), out var payload))
        {
            try
            {
                view = ApplyFrame(payload, view);
            }
            catch (InvalidDataException exception)
            {
                throw Damaged(path, at, exception);
            }

            at += StoreFormat.FrameHeaderBytes + payload.Length;
        }

        var isTorn = at < bytes.Length;
        if (isTorn && StoreFormat.HasFrame(bytes.AsSpan(at + 1)))
            throw Damaged(path, at);
        return new Found(view, start.Revision, at, isTorn);
    }

    private static StoreView ApplyFrame(ReadOnlySpan<byte> payload, StoreView view)
    {
        var reader = new PayloadReader(payload);
        if (reader.Int64() != view.Revision + 1)
            throw new InvalidDataException("revision out of order");
        for (var left = reader.Count(); left > 0; left--)
        {
            var writes = new List<MetadataWrite>();
            for (var writesLeft = reader.Count(); writesLeft > 0; writesLeft--)
            {
                var key = reader.Key();
                var value = reader.Value();
                writes.Add(new MetadataWrite(key, value, IsDelete: value is null));
            }

            view = view.Apply(writes);
        }

        return reader.IsAtEnd ? view : throw new InvalidDataException("bytes left in a frame");
    }

    private static MetadataOpenException Damaged(string path, long at, Exception? cause = null) =>
        new($"The metadata file {path} is damaged at byte {at}: put it back from a backup; "
            + "nothing was changed.", cause!);
}
