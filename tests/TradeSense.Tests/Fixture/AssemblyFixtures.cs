using TradeSense.Tests.Fixture;

[assembly: AssemblyFixture(typeof(Site))]
