using System.Reflection;
using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Detection_References_AreTheBaseClassLibraryAlone()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        var others = typeof(IDetector).Assembly.GetReferencedAssemblies()
            .Where(reference => !File.Exists(Path.Combine(runtime, $"{reference.Name}.dll")))
            .Select(reference => reference.Name);

        Assert.Empty(others);
    }

    [Fact]
    public void Detection_Classes_AreSealedUnlessInherited()
    {
        var types = typeof(IDetector).Assembly.GetTypes();

        var open = types.Where(type => type is { IsClass: true, IsSealed: false } && type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
            && !Array.Exists(types, other => other.BaseType == type) && type.Namespace?.StartsWith("RulePortal", StringComparison.Ordinal) == true);

        Assert.Empty(open);
    }
}
