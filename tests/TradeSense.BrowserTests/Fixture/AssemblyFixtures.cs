using TradeSense.BrowserTests.Fixture;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(DemoSite))]
