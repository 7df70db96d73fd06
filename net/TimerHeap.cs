namespace Teralog.Net;

/// <summary>
/// The scheduled work of one loop, earliest first: a binary heap whose entries know their place,
/// so that a cancelled deadline (a long poll that was answered) leaves at once. Loop thread only.
/// </summary>
internal sealed class TimerHeap
{
    private ScheduledWork[] _items = new ScheduledWork[16];

    public int Count { get; private set; }

    public long? NextDueTicks => Count == 0 ? null : _items[0].DueTicks;

    public void Add(ScheduledWork work, long dueTicks)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);
        work.Heap = this;
        work.DueTicks = dueTicks;
        Place(work, Count++);
        Rise(work);
    }

    public ScheduledWork? TakeDue(long nowTicks)
    {
        if (Count == 0 || _items[0].DueTicks > nowTicks)
            return null;
        var due = _items[0];
        Remove(due);
        return due;
    }

    public void Remove(ScheduledWork work)
    {
        var hole = work.HeapIndex;
        work.HeapIndex = -1;
        var last = _items[--Count];
        _items[Count] = null!;
        if (last == work)
            return;
        Place(last, hole);
        Rise(last);
        Sink(last);
    }

    private void Place(ScheduledWork work, int index)
    {
        _items[index] = work;
        work.HeapIndex = index;
    }

    private void Rise(ScheduledWork work)
    {
        while (work.HeapIndex > 0)
        {
            var parent = _items[(work.HeapIndex - 1) / 2];
            if (parent.DueTicks <= work.DueTicks)
                return;
            Swap(parent, work);
        }
    }

    private void Sink(ScheduledWork work)
    {
        while (true)
        {
            var child = (2 * work.HeapIndex) + 1;
            if (child >= Count)
                return;
            if (child + 1 < Count && _items[child + 1].DueTicks < _items[child].DueTicks)
                child++;
            if (work.DueTicks <= _items[child].DueTicks)
                return;
            Swap(work, _items[child]);
        }
    }

    private void Swap(ScheduledWork upper, ScheduledWork lower)
    {
        var upperIndex = upper.HeapIndex;
        Place(upper, lower.HeapIndex);
        Place(lower, upperIndex);
    }
}
