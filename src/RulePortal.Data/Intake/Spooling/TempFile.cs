namespace RulePortal.Data.Intake.Spooling;

/// <summary>Temporary files that leave nothing behind, whatever ends the process.</summary>
internal static class TempFile
{
    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ruleportal-{Guid.NewGuid():N}.spool");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // The name goes at once, the file with its last handle.
            File.Delete(path);
        }

        return file;
    }
}
