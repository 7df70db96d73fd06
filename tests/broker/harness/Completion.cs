using System.Collections.Concurrent;
using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

/// <summary>Keeps the answers by token; a second answer to one token is a failure.</summary>
internal sealed class Completion : IProduceCompletion
{
    private readonly ConcurrentDictionary<long, ProduceResult> results = new();

    public int Count => results.Count;

    public ProduceResult? Find(long token) =>
        results.TryGetValue(token, out ProduceResult result) ? result : null;

    public void Complete(long token, in ProduceResult result) =>
        Assert.True(results.TryAdd(token, result), $"token {token} was answered twice");
}
