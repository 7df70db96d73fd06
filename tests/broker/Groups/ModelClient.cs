using Teralog.Abstractions;

namespace Teralog.Broker.Tests.Groups;

/// <summary>What one scripted client believes.</summary>
internal sealed class ModelClient(string? instanceId)
{
    public string? InstanceId { get; } = instanceId;

    public string MemberId { get; set; } = "";

    public int Generation { get; set; }

    public bool IsStable { get; set; }

    public Task<JoinResult>? Joining { get; set; }

    public Task<SyncResult>? Syncing { get; set; }

    /// <summary>Loses what is under way.</summary>
    public void Forget()
    {
        Joining = null;
        Syncing = null;
        IsStable = false;
    }
}
