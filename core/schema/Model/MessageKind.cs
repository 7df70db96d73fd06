namespace Teralog.Schema.Model;

/// <summary>What a schema file describes: its first word.</summary>
internal enum MessageKind
{
    /// <summary><c>request</c>: the body after a request header.</summary>
    Request,

    /// <summary><c>response</c>: the body after a response header.</summary>
    Response,

    /// <summary><c>header</c>: stands before a body.</summary>
    Header,

    /// <summary><c>data</c>: bytes inside a field of a message, or of a file.</summary>
    Data,

    /// <summary><c>record-key</c>: key of a record in an internal topic.</summary>
    RecordKey,

    /// <summary><c>record-value</c>: value of a record in an internal topic.</summary>
    RecordValue,
}
