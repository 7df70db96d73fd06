using System.Net;

namespace Teralog.Net;

/// <summary>
/// How many connections a listener has, in all and by address. Accepting adds on one loop,
/// closing removes on others: a short lock.
/// </summary>
internal sealed class ConnectionCounter(int connectionsMax, int perAddressMax)
{
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private readonly Lock _lock = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts one more, or returns the limit that forbids it.</summary>
    public int? TryAdd(IPAddress address)
    {
        lock (_lock)
        {
            var ofAddress = _perAddress.GetValueOrDefault(address);
            if (_count >= connectionsMax)
                return connectionsMax;
            if (ofAddress >= perAddressMax)
                return perAddressMax;
            _perAddress[address] = ofAddress + 1;
            _count++;
            return null;
        }
    }

    public void Remove(IPAddress address)
    {
        lock (_lock)
        {
            _count--;
            var left = _perAddress[address] - 1;
            if (left == 0)
                _perAddress.Remove(address);
            else
                _perAddress[address] = left;
        }
    }
}
