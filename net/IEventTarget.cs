namespace Teralog.Net;

/// <summary>What a loop calls when a descriptor is ready.</summary>
internal interface IEventTarget
{
    /// <summary>The descriptor and a generation, so that a late event of a closed socket never
    /// reaches its successor with the same descriptor.</summary>
    long Token { get; }

    /// <summary>The descriptor is ready.</summary>
    void OnReady(Readiness readiness);
}
