# syntax=docker/dockerfile:1
# Pin both by digest in .env; docs/containers.md says how.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM ${SDK_IMAGE} AS build
WORKDIR /source
# The analyzers' severities, the banned symbols and the package versions are part of the build.
COPY .editorconfig global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt ./
COPY migrations/ migrations/
COPY src/ src/
# Locked: packages are those of packages.lock.json, by content hash.
RUN dotnet restore src/RulePortal.Web/RulePortal.Web.csproj --locked-mode \
 && dotnet publish src/RulePortal.Web/RulePortal.Web.csproj --no-restore --configuration Release --output /app

# This base brings ICU, which SQL Server's client needs.
FROM ${RUNTIME_IMAGE}
RUN mkdir /data && chown "$APP_UID" /data
COPY --from=build /app /app
WORKDIR /app
ENV ASPNETCORE_HTTP_PORTS=8080 \
    Storage__DataDirectory=/data
VOLUME /data
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["dotnet", "RulePortal.Web.dll", "healthcheck"]
ENTRYPOINT ["dotnet", "RulePortal.Web.dll"]
