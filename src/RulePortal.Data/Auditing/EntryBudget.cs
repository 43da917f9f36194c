namespace RulePortal.Data.Auditing;

/// <summary>How many entries may be opened: as many as were saved up, and a few more each minute. Not for several threads at once.</summary>
internal sealed class EntryBudget(TimeProvider time, int most, int aMinute)
{
    private double left = most;
    private long asked = time.GetTimestamp();

    public bool TrySpend()
    {
        left = Math.Min(most, left + (time.GetElapsedTime(asked).TotalMinutes * aMinute));
        asked = time.GetTimestamp();
        if (left < 1)
        {
            return false;
        }

        left--;
        return true;
    }
}
