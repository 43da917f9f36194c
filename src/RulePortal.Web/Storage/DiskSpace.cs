namespace RulePortal.Web.Storage;

internal sealed class DiskSpace(PortalStore store) : IDiskSpace
{
    public long? FreeBytes() => store.Folder is { } folder ? new DriveInfo(folder).AvailableFreeSpace : null;
}
