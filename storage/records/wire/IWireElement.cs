namespace Teralog.Records.Wire;

/// <summary>How an array element that is not a struct is read and written.</summary>
/// <typeparam name="T">The element's type.</typeparam>
public interface IWireElement<T>
{
    /// <summary>Fewest bytes an element can take.</summary>
    static abstract int SizeMin { get; }

    /// <summary>Reads one element.</summary>
    static abstract T Read(ref WireReader reader, bool compact);

    /// <summary>Writes one element.</summary>
    static abstract void Write(ref WireWriter writer, T value, bool compact);
}
