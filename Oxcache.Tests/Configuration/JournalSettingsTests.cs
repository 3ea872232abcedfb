using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

public sealed class JournalSettingsTests
{
    [Fact]
    public void A_service_with_a_second_level_has_a_log_by_default() =>
        Assert.Equal(
            new JournalSettings { Folder = null, Sync = WalSync.Interval, MaxBytes = 64 << 20 },
            ConfigurationText.Service("[services.s]").Journal);

    [Fact]
    public void What_is_global_is_every_services() =>
        Assert.Equal(
            new JournalSettings { Folder = "logs", Sync = WalSync.Always, MaxBytes = 1000 },
            ConfigurationText.Service("""
                [global]
                wal_dir = "logs"
                wal_sync = "always"
                wal_max_bytes = 1000
                [services.s]
                cache_type = "l2"
                """).Journal);

    [Theory]
    [InlineData("wal = false")]
    [InlineData("cache_type = \"l1\"")]
    public void A_service_without_one_has_none(string line) => Assert.Null(ConfigurationText.Service("[services.s]\n" + line).Journal);
}
