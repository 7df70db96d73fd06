namespace Teralog.Protocol.Kafka;

/// <summary>Idle objects of one loop, bounded; not for use from several threads.</summary>
internal sealed class Pool<T>(Func<T> create)
    where T : class
{
    private readonly Stack<T> _idle = new();

    /// <summary>An idle object, or a new one.</summary>
    public T Take() => _idle.TryPop(out var item) ? item : create();

    /// <summary>Takes an object back; it is dropped where enough are kept.</summary>
    public void Return(T item)
    {
        if (_idle.Count < Limits.PooledRequestsMax)
            _idle.Push(item);
    }
}
