using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Teralog.Protocol.Kafka;

/// <summary>What this frontend reads of the broker's configuration.</summary>
/// <param name="RequestBytesMax">socket.request.max.bytes.</param>
/// <param name="FetchBytesMax">fetch.max.bytes.</param>
/// <param name="FetchSessionsMax">max.incremental.fetch.session.cache.slots.</param>
internal sealed record FrontendSettings(
    int RequestBytesMax = Limits.RequestBytesMaxDefault,
    int FetchBytesMax = Limits.FetchBytesMaxDefault,
    int FetchSessionsMax = Limits.FetchSessionsMaxDefault)
{
    /// <summary>Values that the host has not refused are numbers; absent ones are defaults.
    /// </summary>
    public static FrontendSettings From(IConfiguration configuration) => new(
        Read(configuration, "socket.request.max.bytes", Limits.RequestBytesMaxDefault),
        Read(configuration, "fetch.max.bytes", Limits.FetchBytesMaxDefault),
        Read(configuration, "max.incremental.fetch.session.cache.slots",
            Limits.FetchSessionsMaxDefault));

    private static int Read(IConfiguration configuration, string key, int missing) =>
        configuration[key] is { } text
            ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : missing;
}
