# Built with the SDK and Node, run on Debian as an ordinary user. Chromium and fonts are there for the PDF files to come: nothing the program does today starts them. ./tradesense publish-check proves the layout without an engine.

FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
# Packages first: they change less often than the code, so this layer is kept between builds.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig package.json package-lock.json ./
COPY src/TradeSense.Engine/*.csproj src/TradeSense.Engine/packages.lock.json src/TradeSense.Engine/
COPY src/TradeSense.Modules/*.csproj src/TradeSense.Modules/packages.lock.json src/TradeSense.Modules/
COPY src/TradeSense.Web/*.csproj src/TradeSense.Web/packages.lock.json src/TradeSense.Web/Assets.targets src/TradeSense.Web/
RUN dotnet restore src/TradeSense.Web --locked-mode && npm ci --ignore-scripts --no-audit --no-fund
COPY src src
COPY migrations migrations
COPY themes themes
RUN dotnet publish src/TradeSense.Web -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime

# Microsoft's own images stand on Ubuntu, whose Chromium is a snap and does not run in a container; the runtime itself runs on Debian as well.
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tzdata libicu72 libssl3 libstdc++6 zlib1g libgssapi-krb5-2 chromium fonts-liberation fonts-noto-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin tradesense
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
COPY --from=build /app /app
ENV TRADESENSE_URLS=http://*:8080 TRADESENSE_DATA=/data TRADESENSE_ANNOUNCE=off ASPNETCORE_ENVIRONMENT=Production DOTNET_EnableDiagnostics=0 HOME=/data
WORKDIR /app
USER tradesense
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["dotnet", "/app/TradeSense.Web.dll"]
CMD ["serve"]
