using Oxcaching.Configuration.Schema;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Copies the options, so that what was validated is what is used, whatever code does to them meanwhile.</summary>
internal sealed class OptionsSnapshot
{
    private readonly SourceMap? _source;
    private readonly SourceMap? _kept;

    private OptionsSnapshot(SourceMap? source)
    {
        _source = source;
        _kept = source is null ? null : new SourceMap(source.File);
    }

    /// <summary>A copy whose source knows only the values that are still as the file gave them.</summary>
    public static OxcacheOptions Of(OxcacheOptions options) => new OptionsSnapshot(options.Source).Copy(options);

    private OxcacheOptions Copy(OxcacheOptions options)
    {
        var copy = new OxcacheOptions
        {
            Source = _kept,
            Rules = options.Rules,
            LoggerFactory = options.LoggerFactory,
            JsonSerializerOptions = options.JsonSerializerOptions,
            TimeProvider = options.TimeProvider,
        };
        KeepSection(OptionsBinder.Services);
        CopySection(OptionsSchema.Global, options, copy, OptionsSchema.Global.Name);
        foreach (var (name, service) in options.Services)
        {
            copy.Services.Add(name, CopyService(name, service));
        }

        return copy;
    }

    /// <summary>A null stays, for the validation to name it.</summary>
    private ServiceOptions CopyService(string name, ServiceOptions? service)
    {
        if (service is null)
        {
            return null!;
        }

        var copy = new ServiceOptions();
        CopySection(OptionsSchema.Service, service, copy, TomlKey.Join(OptionsBinder.Services, name));
        copy.L2.Client = service.L2.Client;
        return copy;
    }

    private void CopySection(Section section, object from, object to, string path)
    {
        KeepSection(path);
        foreach (var setting in section.Settings)
        {
            var value = setting.Kind.Copy(setting.Get(from));
            setting.Set(to, value);
            KeepSetting(setting, value, TomlKey.Join(path, setting.Name));
        }

        foreach (var (part, of) in section.Parts)
        {
            CopySection(part, of(from), of(to), TomlKey.Join(path, part.Name));
        }
    }

    private void KeepSection(string path)
    {
        if (_source?.Find(path) is { } entry)
        {
            _kept!.Add(path, entry);
        }
    }

    private void KeepSetting(Setting setting, object? value, string path)
    {
        if (_source?.Find(path) is { } entry && setting.Kind.Same(entry.Value, value))
        {
            _kept!.Add(path, entry);
        }
    }
}
