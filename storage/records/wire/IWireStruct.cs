namespace Teralog.Records.Wire;

/// <summary>
/// Fields with a wire form that depends on a version. What <c>core/schema</c> generates
/// implements it.
/// </summary>
public interface IWireStruct
{
    /// <summary>
    /// Reads every field that <paramref name="version"/> has into this fresh object. Malformed
    /// input sets <see cref="WireReader.Failed"/>; the fields are then not to be used.
    /// </summary>
    void Read(ref WireReader reader, short version);

    /// <summary>
    /// Writes every field that <paramref name="version"/> has. A value that the version has no
    /// place for is dropped; null where the version forbids it is written as empty.
    /// </summary>
    void Write(ref WireWriter writer, short version);
}
