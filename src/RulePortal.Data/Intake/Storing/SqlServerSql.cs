namespace RulePortal.Data.Intake.Storing;

/// <summary>The statements that SQL Server is given besides those EF Core writes.</summary>
internal static class SqlServerSql
{
    public const string CreateTables = """
        IF OBJECT_ID(N'tempdb..#Terms') IS NULL
        BEGIN
            CREATE TABLE #Terms ([Number] int NOT NULL PRIMARY KEY, [Utf8] varbinary(1600) NOT NULL, [Text] nvarchar(400) NOT NULL);
            CREATE TABLE #Hours ([HourUtc] datetime2 NOT NULL PRIMARY KEY, [Rows] bigint NOT NULL);
            CREATE TABLE #Sources ([ComputerId] int NOT NULL PRIMARY KEY, [FirstUtc] datetime2 NOT NULL, [LastUtc] datetime2 NOT NULL, [Rows] bigint NOT NULL);
            CREATE TABLE #Countries ([DirectionId] int NOT NULL, [RemoteCountryId] int NOT NULL, PRIMARY KEY ([DirectionId], [RemoteCountryId]));
        END;
        TRUNCATE TABLE #Terms; TRUNCATE TABLE #Hours; TRUNCATE TABLE #Sources; TRUNCATE TABLE #Countries;
        """;

    public const string MergeTerms = """
        INSERT INTO [ConnectionTerms] ([Utf8], [Text])
        SELECT n.[Utf8], n.[Text] FROM #Terms AS n WHERE NOT EXISTS (SELECT 1 FROM [ConnectionTerms] AS t WHERE t.[Utf8] = n.[Utf8]);
        SELECT n.[Number], t.[Id] FROM #Terms AS n INNER JOIN [ConnectionTerms] AS t ON t.[Utf8] = n.[Utf8];
        TRUNCATE TABLE #Terms;
        """;

    public const string MergeTotals = """
        UPDATE h SET [Rows] = h.[Rows] + n.[Rows] FROM [ConnectionHours] AS h INNER JOIN #Hours AS n ON n.[HourUtc] = h.[HourUtc];
        INSERT INTO [ConnectionHours] ([HourUtc], [Rows])
        SELECT n.[HourUtc], n.[Rows] FROM #Hours AS n WHERE NOT EXISTS (SELECT 1 FROM [ConnectionHours] AS h WHERE h.[HourUtc] = n.[HourUtc]);
        UPDATE s SET
            [FirstUtc] = CASE WHEN n.[FirstUtc] < s.[FirstUtc] THEN n.[FirstUtc] ELSE s.[FirstUtc] END,
            [LastUtc] = CASE WHEN n.[LastUtc] > s.[LastUtc] THEN n.[LastUtc] ELSE s.[LastUtc] END,
            [Rows] = s.[Rows] + n.[Rows]
        FROM [ConnectionSources] AS s INNER JOIN #Sources AS n ON n.[ComputerId] = s.[ComputerId];
        INSERT INTO [ConnectionSources] ([ComputerId], [FirstUtc], [LastUtc], [Rows])
        SELECT n.[ComputerId], n.[FirstUtc], n.[LastUtc], n.[Rows] FROM #Sources AS n
        WHERE NOT EXISTS (SELECT 1 FROM [ConnectionSources] AS s WHERE s.[ComputerId] = n.[ComputerId]);
        INSERT INTO [ConnectionCountries] ([DirectionId], [RemoteCountryId])
        SELECT n.[DirectionId], n.[RemoteCountryId] FROM #Countries AS n
        WHERE NOT EXISTS (SELECT 1 FROM [ConnectionCountries] AS c WHERE c.[DirectionId] = n.[DirectionId] AND c.[RemoteCountryId] = n.[RemoteCountryId]);
        """;
}
