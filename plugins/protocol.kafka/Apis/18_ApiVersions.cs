using System.Text.RegularExpressions;
using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// ApiVersions (18), versions 0-4: which APIs and versions are served, from <see cref="ApiTable"/>.
/// </summary>
/// <remarks>
/// An unknown version is answered in version 0 with error 35 and this API's own range, whatever
/// the body (KIP-511). The response header is version 0 always. 3+: the client names its software
/// (KIP-511); supported and finalized features, of which there are none yet. 4: features whose
/// lowest version is 0 may be named (KIP-1022). 5 (KIP-1242, Kafka 4.4) is not served.
/// </remarks>
internal sealed partial class ApiVersionsApi()
    : ColdApi<ApiVersionsRequest, ApiVersionsResponse>("ApiVersions", first: 0, last: 4)
{
    private const short NamesSoftwareFrom = 3;

    /// <inheritdoc/>
    public override bool IsServed(short version) => true;

    /// <inheritdoc/>
    protected override short BodyVersion(short requestVersion) =>
        base.IsServed(requestVersion) ? requestVersion : (short)0;

    /// <inheritdoc/>
    protected override void ReadBody(
        ApiVersionsRequest request, ref WireReader reader, short version)
    {
        if (base.IsServed(version))
            request.Read(ref reader, version);
    }

    /// <inheritdoc/>
    protected override ValueTask<ApiVersionsResponse> HandleAsync(
        ApiVersionsRequest request, RequestContext context)
    {
        if (!base.IsServed(context.Version))
            return new(Failed(ErrorCode.UnsupportedVersion, [RangeOf(this)]));
        if (context.Version >= NamesSoftwareFrom && !NamesSoftware(request))
            return new(Failed(ErrorCode.InvalidRequest, []));
        return new(new ApiVersionsResponse
        {
            ApiKeys = [.. context.Services.Apis.All.Select(RangeOf)],
        });
    }

    private static ApiVersionsResponse Failed(
        ErrorCode error, List<ApiVersionsResponse.ApiVersion> ranges) =>
        new() { ErrorCode = (short)error, ApiKeys = ranges };

    private static ApiVersionsResponse.ApiVersion RangeOf(Api api) => new()
    {
        ApiKey = api.Key,
        MinVersion = api.AdvertisedFirst,
        MaxVersion = api.Last,
    };

    private static bool NamesSoftware(ApiVersionsRequest request) =>
        SoftwarePattern().IsMatch(request.ClientSoftwareName)
        && SoftwarePattern().IsMatch(request.ClientSoftwareVersion);

    [GeneratedRegex(@"\A[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?\z")]
    private static partial Regex SoftwarePattern();
}
