namespace Teralog.Records.Wire;

/// <summary>A request or a response: a body with an API key and a range of versions.</summary>
public interface IWireMessage : IWireStruct
{
    /// <summary>The API's key.</summary>
    static abstract short ApiKey { get; }

    /// <summary>Lowest version that can be read and written.</summary>
    static abstract short VersionMin { get; }

    /// <summary>Highest version that can be read and written.</summary>
    static abstract short VersionMax { get; }

    /// <summary>
    /// First version with compact encodings and tagged fields; <see cref="short.MaxValue"/>
    /// where there is none.
    /// </summary>
    static abstract short FlexibleFrom { get; }

    /// <summary>Version of the header that stands before this body.</summary>
    static abstract short HeaderVersion(short version);
}
