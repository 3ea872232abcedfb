using Oxcaching.Recovery;
using Oxcaching.Remote;

namespace Oxcaching.Clients;

/// <summary>What a flight found before it runs its body.</summary>
/// <param name="Hit">Whether there is a value, so that no body is run.</param>
/// <param name="Value">The value.</param>
/// <param name="Base">Otherwise what stood in L2 before the body runs, as far as it is known.</param>
internal readonly record struct Found<T>(bool Hit, T? Value, Answer<Head> Base)
{
    public static Found<T> Of(T? value) => new(true, value, default);

    public static Found<T> Nothing(Answer<Head> @base) => new(false, default, @base);
}
