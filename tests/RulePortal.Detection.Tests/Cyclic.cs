// Two folders that know each other: one in a signature, one in code alone.
namespace Cyclic.One
{
    internal sealed class Uses
    {
        public static int Of(IReadOnlyList<Two.Used[]> all) => all.Count;
    }
}

namespace Cyclic.Two
{
    internal sealed class Used
    {
        public static string Name() => string.Concat("a", One.Uses.Of([]));
    }
}
