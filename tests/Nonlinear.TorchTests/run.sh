#!/usr/bin/env bash
# Runs the tests of Nonlinear.TorchSharp. TorchSharp's native part needs the C++ library of GCC 13 (GLIBCXX_3.4.32). Where this system
# is older, as Debian 12, the libraries of Debian 13 are unpacked in a temporary folder (16 MB), and the tests run in there, with the
# .NET that is installed here: apt-get install mmdebstrap. No right of root is needed where users may have namespaces.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build -c Release -nodeReuse:false
tests="$PWD/bin/Release/net10.0"

ours=$(ldconfig -p | awk '/libstdc\+\+\.so\.6 .*x86-64/ { print $NF; exit }')
if grep -q GLIBCXX_3.4.32 "$ours"; then
    exec dotnet "$tests/Nonlinear.TorchTests.dll" --fail-skips on "$@"
fi

dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
debian=$(mktemp -d)
trap 'rm -rf --one-file-system "$debian"' EXIT
mmdebstrap --quiet --variant=extract --include=libc6,libssl3t64,libstdc++6 trixie "$debian"
# Single packages are unpacked without what makes a system of them.
ln -s usr/lib "$debian/lib"
ln -s usr/lib64 "$debian/lib64"
cp /etc/passwd "$debian/etc"
mkdir -p "$debian"/{proc,dotnet,tests}
# shellcheck disable=SC2016
unshare --map-root-user --mount bash -c '
    debian=$1 dotnet=$2 tests=$3
    shift 3
    mount --bind "$dotnet" "$debian/dotnet"
    mount --bind "$tests" "$debian/tests"
    mount --rbind /proc "$debian/proc"
    mount --rbind /dev "$debian/dev"
    export HOME=/tmp TMPDIR=/tmp
    cd "$debian"
    exec chroot "$debian" /dotnet/dotnet /tests/Nonlinear.TorchTests.dll --fail-skips on "$@"
' - "$debian" "$dotnet" "$tests" "$@"
