namespace Oxcaching.Flights;

/// <summary>A flight with its body. All that is compiled anew for each kind of body is here.</summary>
internal sealed class Flight<T, TBody>(string key, uint hash, LoadTerms terms, IFlightPlan plan, bool canBeAbandoned, TBody body)
    : Flight<T>(key, hash, terms, plan, canBeAbandoned)
    where TBody : struct, IFlightBody<T>
{
    protected override bool HitsWantTasks => TBody.HitsWantTasks;

    protected override ValueTask<T> InvokeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return body.InvokeAsync(cancellationToken);
        }
        catch (Exception e)
        {
            // A body may throw before its first await; its callers see the task fail all the same.
            return ValueTask.FromException<T>(e);
        }
    }
}
