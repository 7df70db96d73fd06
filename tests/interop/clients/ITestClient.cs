namespace Teralog.Interop.Clients;

/// <summary>A client that we did not write, as a writer and a reader of one partition.</summary>
internal interface ITestClient
{
    /// <summary>Its codecs by Kafka's names, "none" first.</summary>
    string[] Codecs { get; }

    /// <summary>Skips (in CI fails) the test when the client is not installed.</summary>
    void Require();

    /// <summary>
    /// Appends messages to partition 0 with every codec in turn and returns, in order, what it
    /// wrote: all of <see cref="Messages"/> that this client can express.
    /// </summary>
    Task<List<Message>> WriteAsync(string address, string topic);

    /// <summary>Reads so many messages of partition 0 from the start, in order of
    /// offsets.</summary>
    Task<List<Message>> ReadAsync(string address, string topic, int count);
}
