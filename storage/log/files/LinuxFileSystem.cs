namespace Teralog.Storage;

/// <summary>The real disk, by system calls of libc.</summary>
public sealed class LinuxFileSystem
{
}
