using System.Net;
using FsCheck;
using FsCheck.Xunit;
using Teralog.Net.Native;

namespace Teralog.Net.Tests;

public sealed class RuleTests
{
    [Property]
    public bool Input_never_gets_more_than_its_factor_of_what_arrived(
        NonNegativeInt arrived, NonNegativeInt need)
    {
        var capacity = InputRules.CapacityFor(arrived.Get, need.Get);
        var least = Math.Max(arrived.Get + 1L, Limits.InputBufferBytesMin);
        var most = Math.Max(least, (long)arrived.Get * Limits.InputGrowthFactor);
        return capacity >= Math.Min(least, Array.MaxLength)
            && capacity <= most
            && (need.Get == 0 || capacity <= Math.Max(least, need.Get));
    }

    [Fact]
    public void A_claim_of_two_gigabytes_allocates_by_what_arrived()
    {
        Assert.Equal(4096, InputRules.CapacityFor(4, int.MaxValue));
        Assert.Equal(40_000, InputRules.CapacityFor(10_000, int.MaxValue));
        Assert.Equal(12_000, InputRules.CapacityFor(10_000, 12_000));
    }

    [Property]
    public bool Reading_and_writing_are_watched_for_just_when_they_may_happen(
        bool muted, bool full, bool ended, bool waits, bool socketFull)
    {
        var wanted = InterestRule.Wanted(muted, full, ended, waits, socketFull);
        return wanted.HasFlag(Interest.Read) == !(muted || full || ended || waits)
            && wanted.HasFlag(Interest.Write) == socketFull;
    }

    [Property]
    public bool The_kernel_is_always_told_of_what_is_missing_and_of_idle_writing(
        bool read, bool write, bool wantRead, bool wantWrite, bool fired)
    {
        var registered = Make(read, write);
        var wanted = Make(wantRead, wantWrite);
        var must = InterestRule.MustChange(registered, wanted, fired);
        return must == ((wantRead && !read) || wantWrite != write
            || (fired && read && !wantRead));

        static Interest Make(bool read, bool write) =>
            (read ? Interest.Read : 0) | (write ? Interest.Write : 0);
    }

    [Property]
    public bool Output_is_full_above_high_and_until_low(
        bool was, NonNegativeInt pending, NonNegativeInt a, NonNegativeInt b)
    {
        long low = Math.Min(a.Get, b.Get), high = Math.Max(a.Get, b.Get);
        var full = InterestRule.IsOutputFull(was, pending.Get, high, low);
        return pending.Get > high ? full
            : pending.Get <= low ? !full
            : full == was;
    }

    [Property]
    public bool The_heap_gives_back_in_time_order_without_the_cancelled(int[] dues, int cancel)
    {
        var heap = new TimerHeap();
        var work = dues.Select(_ => new ScheduledWork(_ => { }, null)).ToList();
        for (var i = 0; i < dues.Length; i++)
            heap.Add(work[i], dues[i]);
        var step = (int)((uint)cancel % 5) + 1;
        var left = new List<long>();
        for (var i = 0; i < dues.Length; i++)
        {
            if (i % step == 0)
                work[i].Cancel();
            else
                left.Add(dues[i]);
        }
        var taken = new List<long>();
        while (heap.TakeDue(long.MaxValue) is { } due)
            taken.Add(due.DueTicks);
        left.Sort();
        return taken.SequenceEqual(left) && work.All(item => !item.IsPending);
    }

    [Property]
    public bool A_pool_gives_at_least_what_is_asked_and_counts_what_it_keeps(
        NonNegativeInt[] asked)
    {
        using var pool = new BufferPool();
        var buffers = asked.Select(bytes => pool.Rent(bytes.Get % 10_000_000)).ToList();
        var fits = asked.Zip(buffers).All(pair =>
            pair.Second.CapacityBytes >= pair.First.Get % 10_000_000);
        foreach (var buffer in buffers)
            pool.Return(buffer);
        var kept = buffers.Where(b => b.CapacityBytes <= Limits.PoolBufferBytesMax)
            .Sum(b => (long)b.CapacityBytes);
        return fits && pool.RetainedBytes <= Limits.PoolRetainedBytesMax
            && (kept > Limits.PoolRetainedBytesMax || pool.RetainedBytes == kept);
    }

    [Property]
    public bool Addresses_come_back_as_they_went(ushort port, uint v4, Guid v6)
    {
        var bytes = v6.ToByteArray();
        bytes[0] |= 0x20;
        return RoundTrips(new IPEndPoint(v4, port))
            && RoundTrips(new IPEndPoint(new IPAddress(bytes), port));

        static bool RoundTrips(IPEndPoint endpoint)
        {
            Span<byte> native = stackalloc byte[NativeAddress.BytesMax];
            NativeAddress.Write(endpoint, native);
            return NativeAddress.Read(native).Equals(endpoint);
        }
    }
}
