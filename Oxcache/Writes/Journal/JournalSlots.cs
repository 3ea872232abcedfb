using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Oxcaching.Writes;

/// <summary>The numbered files of one service and one Redis in a folder: one for each process that runs at the same time.</summary>
/// <param name="folder">Created where it is missing.</param>
/// <param name="service">The service's name.</param>
/// <param name="identity">Names what the writes are for: those for another Redis, database or key prefix are none of ours.</param>
internal sealed class JournalSlots(string folder, string service, string identity)
{
    public const string LockEnding = ".lock";
    public const string FreshEnding = ".new";

    private const string Ending = ".wal";
    private const int HashLength = 8;

    /// <summary>More processes than that do not share a folder; when so many claims fail, it is the folder.</summary>
    private const int Limit = 256;

    /// <summary>How the files' names begin. The service is in the hash too: some file systems take "a" and "A" for the same.</summary>
    public string Name { get; } =
        $"{service}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service + "\n" + identity)).AsSpan(0, HashLength))}";

    public string Folder => folder;

    /// <summary>Claims every file that was left here and that no living process has.</summary>
    public List<JournalSlot> ClaimLeft()
    {
        JournalFolder.Create(folder);
        return [.. LeftNumbers().Select(TryClaim).OfType<JournalSlot>()];
    }

    /// <summary>Claims the first slot without a file.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public JournalSlot ClaimEmpty()
    {
        JournalFolder.Create(folder);
        for (var number = 0; ; number++)
        {
            try
            {
                var slot = JournalSlot.Claim(PathOf(number));
                if (!Path.Exists(slot.Path))
                {
                    return slot;
                }

                slot.Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && number < Limit)
            {
                // Another process has this one.
            }
        }
    }

    private JournalSlot? TryClaim(int number)
    {
        try
        {
            return JournalSlot.Claim(PathOf(number));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has it, or another user: then it is not ours to replay.
            return null;
        }
    }

    /// <summary>The numbers in the names of files, and of what a crash left of files that were to be.</summary>
    private IEnumerable<int> LeftNumbers() => Directory.GetFiles(folder, Name + ".*")
        .Where(path => path.EndsWith(Ending, StringComparison.Ordinal) || path.EndsWith(FreshEnding, StringComparison.Ordinal))
        .Select(path => Path.GetFileName(path)[(Name.Length + 1)..].Split('.')[0])
        .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
        .Where(number => number >= 0)
        .Distinct()
        .Order();

    private string PathOf(int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Name}.{number}{Ending}"));
}
