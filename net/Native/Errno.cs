namespace Teralog.Net.Native;

/// <summary>Linux error numbers that are told apart (the same on x86-64 and arm64).</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int BadDescriptor = 9;
    public const int Again = 11;
    public const int OutOfMemory = 12;
    public const int InvalidArgument = 22;
    public const int SystemFilesMax = 23;
    public const int ProcessFilesMax = 24;
    public const int IllegalSeek = 29;
    public const int Overflow = 75;
    public const int AddressInUse = 98;
    public const int NoBufferSpace = 105;

    /// <summary>Accepting must pause: trying again at once would fail again, and spin.</summary>
    public static bool IsExhaustion(int errno) =>
        errno is ProcessFilesMax or SystemFilesMax or OutOfMemory or NoBufferSpace;

    /// <summary>The file, not the peer, is what sendfile complains about.</summary>
    public static bool IsFileFault(int errno) =>
        errno is InputOutput or BadDescriptor or InvalidArgument or IllegalSeek or Overflow;
}
