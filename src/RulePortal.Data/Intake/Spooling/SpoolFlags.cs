namespace RulePortal.Data.Intake.Spooling;

/// <summary>Which optional values a spooled row has.</summary>
[Flags]
internal enum SpoolFlags : byte
{
    None = 0,
    DestinationPort = 1,
    BytesSent = 2,
    BytesReceived = 4,
    LinksEstablished = 8,
    Details = 16,
}
