namespace Teralog.Server.Client;

/// <summary>What to read.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Partition">One partition, or null for all.</param>
/// <param name="Start">An offset; <see cref="Beginning"/>; <see cref="End"/>; or, below those, that
/// many records before the end (see <see cref="BeforeEnd"/>).</param>
/// <param name="CountMax">How many records.</param>
/// <param name="ExitsAtEnd">Whether to stop at what was the end at the start.</param>
internal sealed record ConsumeOptions(
    string Topic, int? Partition, long Start, long CountMax, bool ExitsAtEnd)
{
    public const long End = -1;
    public const long Beginning = -2;

    public static long BeforeEnd(long count) => Beginning - count;
}
