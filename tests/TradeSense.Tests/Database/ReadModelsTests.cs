using TradeSense.Modules.Database;

namespace TradeSense.Tests.Database;

public sealed class ReadModelsTests
{
    [Fact]
    public async Task A_model_is_kept_as_long_as_its_version_and_read_again_for_another()
    {
        using var models = new ReadModels();
        var (id, reads) = (Guid.CreateVersion7(), 0);
        Task<string> Read(string version) => models.Get(id, version, () => Task.FromResult($"reading {++reads} of {version}"));

        string[] seen = [await Read("1"), await Read("1"), await Read("2"), await Read("1")];

        Assert.Equal(["reading 1 of 1", "reading 1 of 1", "reading 2 of 2", "reading 3 of 1"], seen);
    }

    [Fact]
    public async Task A_reading_that_fails_is_not_kept()
    {
        using var models = new ReadModels();
        var id = Guid.CreateVersion7();

        await Assert.ThrowsAsync<IOException>(() => models.Get<string>(id, "1", () => throw new IOException()));

        Assert.Equal("read", await models.Get(id, "1", () => Task.FromResult("read")));
    }
}
