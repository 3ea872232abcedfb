namespace Oxcaching.Benchmarks.Remote;

/// <summary>A value whose JSON has about 200 bytes.</summary>
internal sealed record Profile(long Id, string Name, string Email, string City, DateTimeOffset Since, int Visits, string[] Roles)
{
    public static Profile Of(int id) => new(
        id, $"Ada Lovelace the {id}th", $"ada.lovelace.{id}@example.com", "Saint-Rémy", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), id * 7, ["reader", "author"]);
}
