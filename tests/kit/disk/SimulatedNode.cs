namespace Teralog.TestKit;

/// <summary>
/// A file of the simulated disk: what processes see, what the device holds, and the changes in
/// between, in order.
/// </summary>
internal sealed class SimulatedNode
{
    private const int SectorSizeBytes = 512;

    private readonly List<Change> _pending = [];

    internal byte[] Current { get; private set; } = [];

    private byte[] _durable = [];

    internal void Write(ReadOnlySpan<byte> bytes, long position) =>
        Apply(new Change(position, bytes.ToArray(), -1));

    internal void Truncate(long lengthBytes) => Apply(new Change(0, [], lengthBytes));

    internal void Sync()
    {
        foreach (Change change in _pending)
            _durable = change.On(_durable);
        _pending.Clear();
    }

    /// <summary>A sync that failed: the pages count as clean, and are lost (fsyncgate).</summary>
    internal void LosePending() => _pending.Clear();

    /// <summary>
    /// The power goes: of what was not synced, changes reach the device whole, in part, or not at
    /// all; a length may have reached it without its bytes, which are zeros then.
    /// </summary>
    internal void LosePower(Random random)
    {
        bool isOrderly = random.Next(2) == 0;
        int kept = random.Next(_pending.Count + 1);
        for (int index = 0; index < _pending.Count; index++)
        {
            if (isOrderly && index < kept)
                _durable = _pending[index].On(_durable);
            else if (isOrderly ? index == kept : random.Next(2) == 0)
                _durable = Torn(_pending[index], random).On(_durable);
        }

        _pending.Clear();
        Current = _durable;
    }

    private void Apply(Change change)
    {
        _pending.Add(change);
        Current = change.On(Current);
    }

    private Change Torn(Change change, Random random)
    {
        if (change.LengthBytes >= 0 || random.Next(2) == 0)
            return change with { Bytes = change.Bytes[..random.Next(change.Bytes.Length + 1)] };

        byte[] bytes = change.Bytes.ToArray();
        for (int at = 0; at < bytes.Length; at += SectorSizeBytes)
        {
            if (random.Next(2) == 0)
                bytes.AsSpan(at, Math.Min(SectorSizeBytes, bytes.Length - at)).Clear();
        }

        return change with { Bytes = bytes };
    }

    /// <summary>Bytes at a position, or a new length where that is not -1.</summary>
    private sealed record Change(long Position, byte[] Bytes, long LengthBytes)
    {
        internal byte[] On(byte[] content)
        {
            long length = LengthBytes >= 0
                ? LengthBytes
                : Math.Max(content.Length, Position + Bytes.Length);
            byte[] changed = new byte[length];
            content.AsSpan(0, (int)Math.Min(content.Length, length)).CopyTo(changed);
            if (LengthBytes < 0)
                Bytes.CopyTo(changed.AsSpan((int)Position));
            return changed;
        }
    }
}
