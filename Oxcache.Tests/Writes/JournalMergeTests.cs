using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>The records of two dead processes become one list by their stamps.</summary>
public sealed class JournalMergeTests
{
    [Fact]
    public void Records_of_different_keys_are_all_kept() =>
        Assert.Equal("a=1 -b c=1", Merge([Records.Set("a", "1"), Records.Delete("b")], [Records.Set("c", "1")]));

    [Fact]
    public void The_later_of_a_key_wins_when_the_stamps_are_further_apart_than_their_errors()
    {
        Assert.Equal("k=new", Both(Records.Set("k", "old", 1_000, 50), Records.Set("k", "new", 1_101, 50)));
        Assert.Equal("-k", Both(Records.Set("k", "old", 1_000, 50), Records.Delete("k", 1_101, 50)));
        Assert.Equal("k=new", Both(Records.Delete("k", 1_000, 50), Records.Set("k", "new", 1_101, 50)));
    }

    [Fact]
    public void In_doubt_the_key_is_deleted()
    {
        Assert.Equal("-k", Both(Records.Set("k", "1", 1_000, 50), Records.Set("k", "2", 1_100, 50)));
        Assert.Equal("-k", Both(Records.Delete("k", 1_000, 50), Records.Set("k", "2", 1_100, 50)));
        Assert.Equal("-k", Both(Records.Set("k", "1", stamp: 0), Records.Set("k", "2", 1_100, 50)));
    }

    [Fact]
    public void The_same_record_twice_is_one()
    {
        var record = Records.Set("k", "1");
        Assert.Equal("k=1", Both(record, record));
    }

    [Fact]
    public void A_clear_goes_first_and_takes_what_is_surely_older()
    {
        JournalRecord[] one = [Records.Set("older", "1", 1_000, 10), Records.Set("doubtful", "1", 2_000, 10), Records.Set("newer", "1", 3_000, 10)];
        JournalRecord[] other = [Records.Clear(2_010, 10), Records.Set("after", "1", 2_020, 10)];

        Assert.Equal("clear -doubtful newer=1 after=1", Merge(one, other));
        Assert.Equal("clear after=1 -doubtful newer=1", Merge(other, one));
    }

    [Fact]
    public void Of_two_clears_the_later_stays()
    {
        var (earlier, later) = (Records.Clear(1_000, 600), Records.Clear(2_000, 600));
        Assert.Same(later, Assert.Single(JournalMerge.Merge([earlier], [later])));
        Assert.Same(later, Assert.Single(JournalMerge.Merge([later], [earlier])));
    }

    private static string Merge(JournalRecord[] one, JournalRecord[] other) => JournalMerge.Merge(one, other).Brief();

    /// <summary>The outcome, which must not depend on whose file is read first.</summary>
    private static string Both(JournalRecord one, JournalRecord other)
    {
        var outcome = Merge([one], [other]);
        Assert.Equal(outcome, Merge([other], [one]));
        return outcome;
    }
}
