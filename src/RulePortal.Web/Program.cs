using RulePortal.Web.Shell.CommandLine;

return await CommandLineRoot.RunAsync(args);
