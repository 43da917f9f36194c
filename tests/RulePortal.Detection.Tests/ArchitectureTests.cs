using System.Reflection;
using System.Runtime.CompilerServices;
using RulePortal.Detection.Detectors;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Detection = typeof(Detector).Assembly;

    [Fact]
    public void Detection_References_AreTheBaseClassLibraryAlone()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        var others = Detection.GetReferencedAssemblies()
            .Where(reference => !File.Exists(Path.Combine(runtime, $"{reference.Name}.dll")))
            .Select(reference => reference.Name);

        Assert.Empty(others);
    }

    [Fact]
    public void Detection_Classes_AreSealedUnlessInherited()
    {
        var types = Detection.GetTypes();
        var inherited = types.Select(
            type => type.BaseType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : type.BaseType).ToHashSet();

        var open = types.Where(type => type is { IsClass: true, IsSealed: false, Namespace: not null } && !inherited.Contains(type)
            && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && type.Namespace.StartsWith("RulePortal", StringComparison.Ordinal));

        Assert.Empty(open);
    }

    [Fact]
    public void Detection_Folders_FormNoCycle() => Assert.Empty(new Rooms(Detection, "RulePortal.Detection").Cycles());

    [Fact]
    public void Detection_Folders_AreThoseOfTheHouseAndTheLowOnesKnowNone()
    {
        var rooms = new Rooms(Detection, "RulePortal.Detection");

        Assert.Equal(
            ["Connections", "Detectors", "Pins", "Rules", "Scheduling", "Shipped", "Simulation", "Taxonomy", "Triggers", "Wording"],
            rooms.All);
        Assert.Empty(rooms.KnownTo("Wording"));
        Assert.Empty(rooms.KnownTo("Taxonomy"));
        Assert.Equal(["Taxonomy"], rooms.KnownTo("Connections").Keys);
        Assert.Equal(["Taxonomy", "Wording"], rooms.KnownTo("Rules").Keys);
        Assert.Contains("Detectors", rooms.KnownTo("Simulation").Keys);
    }

    [Fact]
    public void Rooms_OfThisAssembly_SeeACycleAndSayWhoMakesIt() => Assert.Equal(
        [
            "One -> Two: Cyclic.One.Uses uses Cyclic.Two.Used",
            "Two -> One: Cyclic.Two.Used uses Cyclic.One.Uses",
        ],
        new Rooms(typeof(Cyclic.One.Uses).Assembly, "Cyclic").Cycles());
}
