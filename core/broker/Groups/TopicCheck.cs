using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>Whether a partition that an offset is committed for exists, and its topic's id.
/// </summary>
internal readonly record struct TopicCheck(BrokerError Error, Guid TopicId);
