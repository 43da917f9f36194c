namespace RulePortal.Web.Shell.Telemetry;

internal enum TelemetryProtocol
{
    /// <summary>Protobuf over HTTP; usually port 4318.</summary>
    HttpProtobuf = 0,

    /// <summary>gRPC; usually port 4317.</summary>
    Grpc = 1,
}
