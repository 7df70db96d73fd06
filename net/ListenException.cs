using System.Net;

namespace Teralog.Net;

/// <summary>A listener could not be made. The message is one sentence for the operator.</summary>
public sealed class ListenException : IOException
{
    internal ListenException(IPEndPoint endpoint, string step, int errno, string text)
        : base($"Cannot listen on {endpoint}: {step} failed: {text} (errno {errno}).")
    {
        Endpoint = endpoint;
        Errno = errno;
        IsAddressInUse = errno == 98;
    }

    /// <summary>The endpoint that was asked for.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The system's error number.</summary>
    public int Errno { get; }

    /// <summary>Another process, or another listener, has the address.</summary>
    public bool IsAddressInUse { get; }
}
