namespace Teralog.Metadata;

/// <summary>
/// What is committed together or not at all. Built by chaining, for example
/// <c>new MetadataTransaction().RequireAbsent(key).Put(key, value)</c>. A key may be written once.
/// Not thread-safe; the store reads it only until its commit returns.
/// </summary>
public sealed class MetadataTransaction
{
    private readonly List<MetadataCompare> _compares = [];
    private readonly List<MetadataWrite> _writes = [];

    /// <summary>Must all hold for the writes to be applied.</summary>
    public IReadOnlyList<MetadataCompare> Compares => _compares;

    /// <summary>Puts and deletes; their order has no meaning.</summary>
    public IReadOnlyList<MetadataWrite> Writes => _writes;

    /// <summary>The key must have been written last at this revision.</summary>
    public MetadataTransaction Require(string key, long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        _compares.Add(new(key, revision));
        return this;
    }

    /// <summary>The key must not exist.</summary>
    public MetadataTransaction RequireAbsent(string key) => Require(key, 0);

    /// <summary>The key must be as this entry says.</summary>
    public MetadataTransaction Require(MetadataEntry entry) => Require(entry.Key, entry.Revision);

    /// <summary>Writes a value. The bytes must not change until the commit returns.</summary>
    public MetadataTransaction Put(string key, ReadOnlyMemory<byte> value)
    {
        _writes.Add(new(key, value, IsDelete: false));
        return this;
    }

    /// <summary>Removes a key; one that does not exist is fine.</summary>
    public MetadataTransaction Delete(string key)
    {
        _writes.Add(new(key, default, IsDelete: true));
        return this;
    }
}

/// <summary>A comparison.</summary>
/// <param name="Key">The key.</param>
/// <param name="Revision">The revision of its last write; 0 means that it must not exist.</param>
public readonly record struct MetadataCompare(string Key, long Revision);

/// <summary>A put, or a delete with no value.</summary>
public readonly record struct MetadataWrite(string Key, ReadOnlyMemory<byte> Value, bool IsDelete);
