using Oxcaching.Configuration.Schema;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Carries what a document says into the options, and remembers where it said it.</summary>
internal sealed class OptionsBinder(SourceMap source, ProblemList problems)
{
    public const string Services = "services";

    public OxcacheOptions Bind(TomlTable document)
    {
        var options = new OxcacheOptions { Source = source };
        foreach (var (key, value) in document.Entries)
        {
            if (key.Name == OptionsSchema.Global.Name)
            {
                BindSection(OptionsSchema.Global, key, value, options, key.Name);
            }
            else if (key.Name == Services)
            {
                BindServices(key, value, options);
            }
            else
            {
                AddUnknown(key, "", [OptionsSchema.Global.Name, Services]);
            }
        }

        return options;
    }

    private void BindServices(TomlKey key, TomlValue value, OxcacheOptions options)
    {
        if (AsTable(value, Services) is not { } table)
        {
            return;
        }

        source.Add(Services, new SourceEntry(key.Position, value.Position, Value: null, Concealed: false));
        foreach (var (name, settings) in table.Entries)
        {
            var service = new ServiceOptions();
            BindSection(OptionsSchema.Service, name, settings, service, TomlKey.Join(Services, name.Name));
            options.Services.Add(name.Name, service);
        }
    }

    private void BindSection(Section section, TomlKey key, TomlValue value, object owner, string path)
    {
        if (AsTable(value, path) is not { } table)
        {
            return;
        }

        source.Add(path, new SourceEntry(key.Position, value.Position, Value: null, Concealed: false));
        foreach (var (name, item) in table.Entries)
        {
            var itemPath = TomlKey.Join(path, name.Name);
            var part = section.Parts.FirstOrDefault(p => p.Section.Name == name.Name);
            if (section.Settings.FirstOrDefault(s => s.Name == name.Name) is { } setting)
            {
                BindSetting(setting, name, item, owner, itemPath);
            }
            else if (part.Section is not null)
            {
                BindSection(part.Section, name, item, part.Of(owner), itemPath);
            }
            else
            {
                AddUnknown(name, path, section.Names);
            }
        }
    }

    private void BindSetting(Setting setting, TomlKey key, TomlValue item, object owner, string path)
    {
        var value = EnvironmentValue.Of(item);
        var bound = setting.Kind.Read(value, out var problem);
        if (problem is not null)
        {
            problems.Add(item.Position, path, problem);
            return;
        }

        setting.Set(owner, bound);
        source.Add(path, new SourceEntry(key.Position, item.Position, bound, value.Concealed));
    }

    private TomlTable? AsTable(TomlValue value, string path)
    {
        if (value is TomlTable table)
        {
            return table;
        }

        problems.Add(value.Position, path, $"found {value.Kind}, a table expected: [{path}]");
        return null;
    }

    private void AddUnknown(TomlKey key, string path, IEnumerable<string> known)
    {
        var names = known.ToList();
        var hint = Nearest.Of(key.Name, names) is { } nearest ? $"did you mean '{nearest}'?" : $"known here: {string.Join(", ", names)}";
        problems.Add(key.Position, TomlKey.Join(path, key.Name), $"unknown key, {hint}");
    }
}
