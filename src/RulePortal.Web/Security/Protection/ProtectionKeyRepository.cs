using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Protection;

/// <summary>Keeps the keys of data protection in the portal's database, so that every process of a store reads every other one's cookies.</summary>
internal sealed class ProtectionKeyRepository(ProtectionKeyStore keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.ReadAll().Select(k => XElement.Parse(k.Xml))];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
}
