using System.Net.Sockets;

namespace Teralog.Interop.Harness;

/// <summary>Asks a broker for its ApiVersions: it is ready when it answers.</summary>
internal static class Handshake
{
    // Length 10, key 18 (ApiVersions), version 0, correlation id 7, a null client id.
    private static readonly byte[] Request = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, 255, 255];

    public static async Task<bool> AnswersAsync(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, patience.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Request, patience.Token);
            var head = new byte[10];
            await stream.ReadExactlyAsync(head, patience.Token);
            return head[7] == 7 && head[8] == 0 && head[9] == 0;
        }
        catch (Exception problem) when (problem is SocketException or IOException
            or OperationCanceledException)
        {
            return false;
        }
    }
}
