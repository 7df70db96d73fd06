namespace Teralog.Net;

/// <summary>One socket that is ready.</summary>
/// <param name="Token">What it was added with: a descriptor and a generation.</param>
/// <param name="Readiness">For what.</param>
internal readonly record struct ReadyEvent(long Token, Readiness Readiness);
