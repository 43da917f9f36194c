-- sqlcmd runs this as sa each time compose starts. It creates the database and two logins, each with no more rights than its work needs:
-- ruleportal_migrate owns the database, because it creates and alters tables; the service "migrate" uses it and ends.
-- ruleportal reads and writes rows. It cannot alter tables, nor the triggers that protect the audit trail.
-- The passwords come from the environment, and are changed here when they change there.
IF DB_ID(N'RulePortal') IS NULL CREATE DATABASE [RulePortal];
GO
IF SUSER_ID(N'ruleportal_migrate') IS NULL CREATE LOGIN [ruleportal_migrate] WITH PASSWORD = N'$(MIGRATE_PASSWORD)';
ELSE ALTER LOGIN [ruleportal_migrate] WITH PASSWORD = N'$(MIGRATE_PASSWORD)';

IF SUSER_ID(N'ruleportal') IS NULL CREATE LOGIN [ruleportal] WITH PASSWORD = N'$(PORTAL_PASSWORD)';
ELSE ALTER LOGIN [ruleportal] WITH PASSWORD = N'$(PORTAL_PASSWORD)';
GO
USE [RulePortal];
GO
IF USER_ID(N'ruleportal_migrate') IS NULL CREATE USER [ruleportal_migrate] FOR LOGIN [ruleportal_migrate];
IF USER_ID(N'ruleportal') IS NULL CREATE USER [ruleportal] FOR LOGIN [ruleportal];
ALTER ROLE [db_owner] ADD MEMBER [ruleportal_migrate];
ALTER ROLE [db_datareader] ADD MEMBER [ruleportal];
ALTER ROLE [db_datawriter] ADD MEMBER [ruleportal];
GO
