using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

public sealed class BudgetTests
{
    [Fact]
    public async Task Frames_that_do_not_fit_together_complete_one_after_another()
    {
        const long budgetBytes = 2 << 20;
        var seed = Seeds.Next(out _).Next();
        await using var net = new TestNet(
            new ReactorOptions { LoopCount = 2, InputBytesMax = budgetBytes });
        long most = 0;
        var listener = net.Listen(Answer);
        var clients = Enumerable.Range(0, 16).Select(index => TestNet.OnThread(() =>
        {
            var random = new Random(seed + index);
            var socket = net.Connect(listener);
            for (var round = 0; round < 3; round++)
            {
                socket.Send(Frames.Make(random, 1_500_000));
                Assert.Equal(1, socket.ReceiveExactly(1)[0]);
            }
        })).ToList();
        await Task.WhenAll(clients);
        // The limit, the one frame beyond it, and what each had received before it waited.
        Assert.InRange(most, 1, budgetBytes + (4 << 20) + (16 * 256 * 1024));
        await Poll.Until(() => net.Group.InputBytesInUse == 0, "all is given back");

        void Answer(Connection connection, ref InputBuffer input)
        {
            lock (net)
                most = Math.Max(most, net.Group.InputBytesInUse);
            Frames.ForEach(connection, ref input, static (connection, _) =>
            {
                connection.GetSpan(1)[0] = 1;
                connection.Advance(1);
                connection.Flush();
            });
        }
    }

    [Fact]
    public async Task Small_frames_pass_while_the_budget_is_used_up()
    {
        await using var net = new TestNet(
            new ReactorOptions { LoopCount = 1, InputBytesMax = 64 * 1024 });
        var listener = net.Listen(Frames.Echo);
        var random = Seeds.Next(out _);
        var stuck = Enumerable.Range(0, 4).Select(_ => net.Connect(listener)).ToList();
        foreach (var socket in stuck)
            socket.Send(Frames.Make(random, 1_000_000).AsSpan(0, 100_000));
        await Poll.Until(() => net.Group.InputBytesInUse >= 64 * 1024, "used up");
        var good = net.Connect(listener);
        for (var i = 0; i < 100; i++)
        {
            var frame = Frames.Make(random, random.Next(1, 8000));
            good.Send(frame);
            Assert.Equal(frame, good.ReceiveExactly(frame.Length));
        }
        foreach (var socket in stuck)
            socket.Close();
        await Poll.Until(() => net.Group.InputBytesInUse == 0, "all is given back");
    }

    [Fact]
    public async Task A_stalled_frame_with_the_last_memory_is_closed_for_those_who_wait()
    {
        var clock = new FakeTimeProvider();
        var reasons = new ConcurrentQueue<CloseReason>();
        await using var net = new TestNet(new ReactorOptions
        {
            LoopCount = 1,
            InputBytesMax = 64 * 1024,
            Clock = clock,
        });
        var listener = net.Listen(_ => new TestHandler(Frames.Echo) { Reasons = reasons });
        var random = Seeds.Next(out _);
        var frame = Frames.Make(random, 1_000_000);
        var holder = net.Connect(listener);
        holder.Send(frame.AsSpan(0, 300_000));
        await Poll.Until(() => net.Group.InputBytesInUse > 300_000, "the holder has it");
        var waiter = net.Connect(listener);
        var sender = TestNet.OnThread(() => waiter.Send(frame));
        await Poll.Until(() => net.Group.HasMemoryWaiters, "one waits");
        Assert.Empty(reasons);
        clock.Advance(Limits.OverdraftMax);
        net.Connect(listener).Send("new"u8);
        Assert.Equal(frame, waiter.ReceiveExactly(frame.Length));
        await sender;
        Assert.Equal([CloseReason.MemoryPressure], reasons);
    }

    [Fact]
    public void The_overdraft_has_one_holder_and_passes_on()
    {
        var budget = new MemoryBudget(100);
        object first = new(), second = new();
        Assert.True(budget.TryReserve(100, first));
        Assert.True(budget.TryReserve(50, first));
        Assert.False(budget.TryReserve(1, second));
        Assert.Equal(150, budget.UsedBytes);
        Assert.True(budget.IsOverdraftOf(first));
        budget.Release(10, first, done: true);
        Assert.True(budget.TryReserve(1, second));
        Assert.False(budget.TryReserve(1, first));
    }
}
