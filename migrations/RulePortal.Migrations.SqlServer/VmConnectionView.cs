namespace RulePortal.Migrations.SqlServer;

/// <summary>The view that gives people the connections as the table they know: VMConnection's columns under their names, missing text as the empty text.</summary>
internal static class VmConnectionView
{
    // A view must be alone in its batch, and the idempotent script puts every migration inside an IF: hence EXEC.
    public const string Create = """
        EXEC(N'
            CREATE VIEW [VMConnection] AS
            SELECT
                DATEADD(nanosecond, CAST(c.[TimeGenerated] % 10000000 * 100 AS int),
                    DATEADD(second, CAST(c.[TimeGenerated] / 10000000 % 86400 AS int),
                    DATEADD(day, CAST(c.[TimeGenerated] / CAST(864000000000 AS bigint) AS int), CAST(''0001-01-01'' AS datetime2(7))))) AS [TimeGenerated],
                computer.[Text] AS [Computer], direction.[Text] AS [Direction], process.[Text] AS [ProcessName],
                source.[Text] AS [SourceIp], destination.[Text] AS [DestinationIp], protocol.[Text] AS [Protocol],
                remote.[Text] AS [RemoteIp], country.[Text] AS [RemoteCountry], malicious.[Text] AS [MaliciousIp], c.[DestinationPort],
                c.[BytesSent], c.[BytesReceived], c.[LinksEstablished], d.[LinksTerminated], d.[LinksFailed], d.[LinksLive], d.[Responses],
                d.[ResponseTimeMin], d.[ResponseTimeMax], d.[ResponseTimeSum], d.[Severity], d.[RemoteLatitude], d.[RemoteLongitude],
                d.[_BilledSize], ISNULL(d.[AgentId], N'''') AS [AgentId], ISNULL(d.[Machine], N'''') AS [Machine],
                ISNULL(d.[Process], N'''') AS [Process], ISNULL(d.[ConnectionId], N'''') AS [ConnectionId],
                ISNULL(d.[RemoteClassification], N'''') AS [RemoteClassification],
                ISNULL(d.[IndicatorThreatType], N'''') AS [IndicatorThreatType], ISNULL(d.[TLPLevel], N'''') AS [TLPLevel],
                ISNULL(d.[Confidence], N'''') AS [Confidence], ISNULL(d.[FirstReportedDateTime], N'''') AS [FirstReportedDateTime],
                ISNULL(d.[LastReportedDateTime], N'''') AS [LastReportedDateTime], ISNULL(d.[IsActive], N'''') AS [IsActive],
                ISNULL(d.[SourceSystem], N'''') AS [SourceSystem], ISNULL(d.[Type], N'''') AS [Type],
                ISNULL(d.[_ResourceId], N'''') AS [_ResourceId], ISNULL(d.[_SubscriptionId], N'''') AS [_SubscriptionId],
                ISNULL(d.[_IsBillable], N'''') AS [_IsBillable], ISNULL(d.[TenantId], N'''') AS [TenantId],
                ISNULL(d.[ReportReferenceLink], N'''') AS [ReportReferenceLink],
                ISNULL(d.[RemoteDnsQuestions], N'''') AS [RemoteDnsQuestions],
                ISNULL(d.[RemoteDnsCanonicalNames], N'''') AS [RemoteDnsCanonicalNames], ISNULL(d.[Description], N'''') AS [Description],
                ISNULL(d.[AdditionalInformation], N'''') AS [AdditionalInformation], c.[Details], c.[Id] / 1048576 AS [BatchSeq]
            FROM [Connections] AS c
            INNER JOIN [ConnectionTerms] AS computer ON computer.[Id] = c.[ComputerId]
            INNER JOIN [ConnectionTerms] AS direction ON direction.[Id] = c.[DirectionId]
            INNER JOIN [ConnectionTerms] AS process ON process.[Id] = c.[ProcessNameId]
            INNER JOIN [ConnectionTerms] AS source ON source.[Id] = c.[SourceIpId]
            INNER JOIN [ConnectionTerms] AS destination ON destination.[Id] = c.[DestinationIpId]
            INNER JOIN [ConnectionTerms] AS protocol ON protocol.[Id] = c.[ProtocolId]
            INNER JOIN [ConnectionTerms] AS remote ON remote.[Id] = c.[RemoteIpId]
            INNER JOIN [ConnectionTerms] AS country ON country.[Id] = c.[RemoteCountryId]
            INNER JOIN [ConnectionTerms] AS malicious ON malicious.[Id] = c.[MaliciousIpId]
            OUTER APPLY OPENJSON(c.[Details]) WITH (
                [LinksTerminated] bigint, [LinksFailed] bigint, [LinksLive] bigint, [Responses] bigint, [ResponseTimeMin] bigint,
                [ResponseTimeMax] bigint, [ResponseTimeSum] bigint, [Severity] int, [RemoteLatitude] float, [RemoteLongitude] float,
                [_BilledSize] float, [AgentId] nvarchar(400), [Machine] nvarchar(400), [Process] nvarchar(400),
                [ConnectionId] nvarchar(400), [RemoteClassification] nvarchar(400), [IndicatorThreatType] nvarchar(400),
                [TLPLevel] nvarchar(400), [Confidence] nvarchar(400), [FirstReportedDateTime] nvarchar(400),
                [LastReportedDateTime] nvarchar(400), [IsActive] nvarchar(400), [SourceSystem] nvarchar(400), [Type] nvarchar(400),
                [_ResourceId] nvarchar(400), [_SubscriptionId] nvarchar(400), [_IsBillable] nvarchar(400), [TenantId] nvarchar(400),
                [ReportReferenceLink] nvarchar(max), [RemoteDnsQuestions] nvarchar(max), [RemoteDnsCanonicalNames] nvarchar(max),
                [Description] nvarchar(max), [AdditionalInformation] nvarchar(max)) AS d;');
        """;

    public const string Drop = "DROP VIEW [VMConnection];";
}
