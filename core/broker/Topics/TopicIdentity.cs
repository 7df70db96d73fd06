namespace Teralog.Broker;

/// <summary>Which topic something belongs to.</summary>
internal readonly record struct TopicIdentity(string Name, Guid Id, bool IsInternal);
