namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>A small generator of numbers (SplitMix64) that any place and minute can seed for itself, so that a minute can be generated without those before it.</summary>
internal struct SplitMix(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state = seed;

    public static SplitMix Of(long seed, long place, long time)
    {
        var mixed = new SplitMix((ulong)seed);
        mixed = new SplitMix(mixed.Next() ^ (ulong)place);
        return new SplitMix(mixed.Next() ^ (ulong)time);
    }

    public ulong Next()
    {
        state += Golden;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 or more, below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 or more, below the limit.</summary>
    public int Below(int limit) => (int)(Unit() * limit);

    /// <summary>Both ends included.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>A size around the typical one: mostly a third to three times of it, now and then far more.</summary>
    public long Around(long typical)
    {
        var spread = Unit() + Unit() + Unit() - 1.5;
        return Math.Max(40, (long)(typical * Math.Exp(spread * 1.6)));
    }
}
