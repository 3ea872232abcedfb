using Oxcaching.Configuration.Schema;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Holds every value against its row of the schema, and finds the keys that do nothing.</summary>
internal sealed class OptionsChecker(SourceMap? source, ProblemList problems, ProblemList warnings)
{
    public void CheckGlobal(OxcacheOptions options)
    {
        Check(OptionsSchema.Global, options, OptionsSchema.Global.Name);
        WarnOfNoEffect(OptionsSchema.Global, options, OptionsSchema.Global.Name);
    }

    public void CheckService(ServiceOptions service, string path)
    {
        Check(OptionsSchema.Service, service, path);
        WarnOfNoEffect(OptionsSchema.Service, service, path);
        foreach (var (part, of) in OptionsSchema.Service.Parts)
        {
            var partPath = TomlKey.Join(path, part.Name);
            if (Uses(service.CacheType, part.Name))
            {
                WarnOfNoEffect(part, of(service), partPath);
            }
            else
            {
                WarnOfUnused(part, of(service), partPath, $"cache_type \"{(service.CacheType == CacheType.L1 ? "l1" : "l2")}\"");
            }
        }

        if (Uses(service.CacheType, "l2"))
        {
            WarnOfOtherModes(service.L2, $"{path}.l2");
        }
    }

    private static bool Uses(CacheType type, string section) => type switch
    {
        CacheType.L1 => section == "l1",
        CacheType.L2 => section == "l2",
        _ => true,
    };

    private void Check(Section section, object owner, string path)
    {
        foreach (var setting in section.Settings)
        {
            CheckSetting(section, setting, owner, TomlKey.Join(path, setting.Name));
        }

        foreach (var (part, of) in section.Parts)
        {
            Check(part, of(owner), TomlKey.Join(path, part.Name));
        }
    }

    private void CheckSetting(Section section, Setting setting, object owner, string path)
    {
        if (problems.Has(path))
        {
            return;
        }

        var value = setting.Get(owner);
        var entry = source?.Find(path);
        var problem = value is not null ? setting.Kind.Check(value, entry?.Concealed == true)
            : section.DefaultOf(setting) is not null ? setting.Kind.CheckNull()
            : null;
        if (problem is not null)
        {
            problems.Add(entry?.At, path, problem);
        }
    }

    private void WarnOfNoEffect(Section section, object owner, string path)
    {
        foreach (var setting in section.Settings.Where(s => s.HasNoEffect(owner)))
        {
            var settingPath = TomlKey.Join(path, setting.Name);
            if (!IsGiven(section, setting, owner, settingPath))
            {
                continue;
            }

            warnings.Add(source?.Find(settingPath)?.Key, settingPath, $"has no effect yet: {setting.NoEffect}");
        }
    }

    /// <summary>The sections of l2 each belong to the mode of their name.</summary>
    private void WarnOfOtherModes(L2Options remote, string path)
    {
        var mode = remote.Mode.ToString().ToLowerInvariant();
        foreach (var (part, of) in OptionsSchema.L2.Parts.Where(p => p.Section.Name != mode))
        {
            WarnOfUnused(part, of(remote), TomlKey.Join(path, part.Name), $"mode \"{mode}\"");
        }
    }

    private void WarnOfUnused(Section section, object owner, string path, string unusedBy)
    {
        if (IsGiven(section, owner, path))
        {
            warnings.Add(source?.Find(path)?.Key, path, $"has no effect: {unusedBy} does not use it");
        }
    }

    private bool IsGiven(Section section, object owner, string path) =>
        source?.Find(path) is not null
        || section.Settings.Any(s => IsGiven(section, s, owner, TomlKey.Join(path, s.Name)))
        || section.Parts.Any(p => IsGiven(p.Section, p.Of(owner), TomlKey.Join(path, p.Section.Name)));

    /// <summary>The file names it, or code made it differ from its default.</summary>
    private bool IsGiven(Section section, Setting setting, object owner, string path) =>
        source?.Find(path) is not null || !setting.Kind.Same(setting.Get(owner), section.DefaultOf(setting));
}
