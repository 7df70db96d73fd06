using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker;

/// <summary>The loaded codecs by wire id.</summary>
internal sealed class CodecTable
{
    private readonly ICodec?[] _byId = new ICodec?[(int)CompressionType.Zstd + 1];

    internal CodecTable(IEnumerable<ICodec> codecs)
    {
        foreach (ICodec codec in codecs)
        {
            if (codec.Id > 0 && codec.Id < _byId.Length)
                _byId[codec.Id] = codec;
        }
    }

    internal ICodec? Find(int id) => id >= 0 && id < _byId.Length ? _byId[id] : null;

    internal ICodec? Find(CompressionType type) => Find((int)type);
}
