namespace RulePortal.Migrations.Sqlite;

/// <summary>The view that gives people the connections as the table they know: VMConnection's columns under their names, missing text as the empty text.</summary>
internal static class VmConnectionView
{
    public const string Create = """
        CREATE VIEW "VMConnection" AS
        SELECT
            strftime('%Y-%m-%dT%H:%M:%S', c."TimeGenerated" / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', c."TimeGenerated" % 10000000) AS "TimeGenerated",
            computer."Text" AS "Computer", direction."Text" AS "Direction", process."Text" AS "ProcessName", source."Text" AS "SourceIp",
            destination."Text" AS "DestinationIp", protocol."Text" AS "Protocol", remote."Text" AS "RemoteIp",
            country."Text" AS "RemoteCountry", malicious."Text" AS "MaliciousIp", c."DestinationPort", c."BytesSent", c."BytesReceived",
            c."LinksEstablished", c."Details" ->> '$.LinksTerminated' AS "LinksTerminated",
            c."Details" ->> '$.LinksFailed' AS "LinksFailed", c."Details" ->> '$.LinksLive' AS "LinksLive",
            c."Details" ->> '$.Responses' AS "Responses", c."Details" ->> '$.ResponseTimeMin' AS "ResponseTimeMin",
            c."Details" ->> '$.ResponseTimeMax' AS "ResponseTimeMax", c."Details" ->> '$.ResponseTimeSum' AS "ResponseTimeSum",
            c."Details" ->> '$.Severity' AS "Severity", c."Details" ->> '$.RemoteLatitude' AS "RemoteLatitude",
            c."Details" ->> '$.RemoteLongitude' AS "RemoteLongitude", c."Details" ->> '$._BilledSize' AS "_BilledSize",
            coalesce(c."Details" ->> '$.AgentId', '') AS "AgentId", coalesce(c."Details" ->> '$.Machine', '') AS "Machine",
            coalesce(c."Details" ->> '$.Process', '') AS "Process", coalesce(c."Details" ->> '$.ConnectionId', '') AS "ConnectionId",
            coalesce(c."Details" ->> '$.RemoteClassification', '') AS "RemoteClassification",
            coalesce(c."Details" ->> '$.IndicatorThreatType', '') AS "IndicatorThreatType",
            coalesce(c."Details" ->> '$.TLPLevel', '') AS "TLPLevel", coalesce(c."Details" ->> '$.Confidence', '') AS "Confidence",
            coalesce(c."Details" ->> '$.FirstReportedDateTime', '') AS "FirstReportedDateTime",
            coalesce(c."Details" ->> '$.LastReportedDateTime', '') AS "LastReportedDateTime",
            coalesce(c."Details" ->> '$.IsActive', '') AS "IsActive", coalesce(c."Details" ->> '$.SourceSystem', '') AS "SourceSystem",
            coalesce(c."Details" ->> '$.Type', '') AS "Type", coalesce(c."Details" ->> '$._ResourceId', '') AS "_ResourceId",
            coalesce(c."Details" ->> '$._SubscriptionId', '') AS "_SubscriptionId",
            coalesce(c."Details" ->> '$._IsBillable', '') AS "_IsBillable", coalesce(c."Details" ->> '$.TenantId', '') AS "TenantId",
            coalesce(c."Details" ->> '$.ReportReferenceLink', '') AS "ReportReferenceLink",
            coalesce(c."Details" ->> '$.RemoteDnsQuestions', '') AS "RemoteDnsQuestions",
            coalesce(c."Details" ->> '$.RemoteDnsCanonicalNames', '') AS "RemoteDnsCanonicalNames",
            coalesce(c."Details" ->> '$.Description', '') AS "Description",
            coalesce(c."Details" ->> '$.AdditionalInformation', '') AS "AdditionalInformation", c."Details", c."Id" >> 20 AS "BatchSeq"
        FROM "Connections" AS c
        INNER JOIN "ConnectionTerms" AS computer ON computer."Id" = c."ComputerId"
        INNER JOIN "ConnectionTerms" AS direction ON direction."Id" = c."DirectionId"
        INNER JOIN "ConnectionTerms" AS process ON process."Id" = c."ProcessNameId"
        INNER JOIN "ConnectionTerms" AS source ON source."Id" = c."SourceIpId"
        INNER JOIN "ConnectionTerms" AS destination ON destination."Id" = c."DestinationIpId"
        INNER JOIN "ConnectionTerms" AS protocol ON protocol."Id" = c."ProtocolId"
        INNER JOIN "ConnectionTerms" AS remote ON remote."Id" = c."RemoteIpId"
        INNER JOIN "ConnectionTerms" AS country ON country."Id" = c."RemoteCountryId"
        INNER JOIN "ConnectionTerms" AS malicious ON malicious."Id" = c."MaliciousIpId";
        """;

    public const string Drop = """DROP VIEW "VMConnection";""";
}
