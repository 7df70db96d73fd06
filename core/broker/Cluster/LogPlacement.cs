using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>Which log directory a partition is in, or goes to: the one with the fewest.</summary>
internal sealed class LogPlacement(IReadOnlyList<LogDirectory> directories)
{
    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[directories.Count];

    internal IReadOnlyList<LogDirectory> Directories { get; } = directories;

    /// <summary>A directory that has not failed; null where all have.</summary>
    internal LogDirectory? Choose()
    {
        lock (_lock)
        {
            int best = -1;
            for (int index = 0; index < Directories.Count; index++)
            {
                if (!Directories[index].HasFailed && (best < 0 || _counts[index] < _counts[best]))
                    best = index;
            }

            if (best < 0)
                return null;

            _counts[best]++;
            return Directories[best];
        }
    }

    internal void NotePresent(LogDirectory directory) => Change(directory, 1);

    internal void NoteGone(LogDirectory directory) => Change(directory, -1);

    private void Change(LogDirectory directory, int by)
    {
        lock (_lock)
        {
            for (int index = 0; index < Directories.Count; index++)
            {
                if (Directories[index] == directory)
                    _counts[index] += by;
            }
        }
    }
}
