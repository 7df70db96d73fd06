using System.Security.Cryptography;
using System.Text;

namespace Teralog.Interop.Clients;

/// <summary>One record as a client sees it; two are equal when every byte is.</summary>
internal sealed record Message(
    byte[]? Key, byte[]? Value, params (string Name, byte[] Value)[] Headers)
{
    private const int ShownBytesMax = 64;

    /// <summary>Every byte of it (long ones as length and SHA-256), so that texts
    /// compare.</summary>
    public override string ToString() =>
        $"key {Show(Key)} value {Show(Value)} headers [" +
        string.Join(", ", Headers.Select(each => $"{each.Name}={Show(each.Value)}")) + "]";

    private static string Show(byte[]? bytes) => bytes switch
    {
        null => "null",
        { Length: > ShownBytesMax } =>
            $"{bytes.Length} bytes, sha256 {Convert.ToHexString(SHA256.HashData(bytes))}",
        _ when bytes.All(each => each is >= 32 and < 127) => $"'{Encoding.ASCII.GetString(bytes)}'",
        _ => Convert.ToHexString(bytes),
    };
}
