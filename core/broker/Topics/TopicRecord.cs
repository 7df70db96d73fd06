namespace Teralog.Broker;

/// <summary>A topic as the metadata store keeps it, in JSON under its name.</summary>
/// <param name="Id">Topic id.</param>
/// <param name="Replicas">Node ids by partition, preferred leader first.</param>
internal sealed record TopicRecord(Guid Id, int[][] Replicas);
