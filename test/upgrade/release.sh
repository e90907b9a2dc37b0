#!/bin/bash
# Freezes a release: bash test/upgrade/release.sh [COMMIT]
#
# Of the version that cxux.control names at COMMIT (HEAD unless given) it writes
#
#     upgrade/cxux--VERSION.sql        the joined script, from which later versions are reached
#     test/upgrade/VERSION/values      values written by the library of that commit, text and binary form
#     test/upgrade/VERSION/answers     what it answered about them
#     test/upgrade/VERSION/symbols     the functions that its library offers to SQL
#     test/upgrade/VERSION/SHA256SUMS  of these, of the scripts that lead to it, and of test/golden
#
# None of them may change afterwards, which test/upgrade_delta.pl looks at. The next commit gives
# cxux.control its new version, with an empty upgrade/cxux--VERSION--NEW.sql. See doc/upgrading.md.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
commit=$(git -C "$root" rev-parse --verify "${1:-HEAD}^{commit}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/cxux" "$work/out"
chmod 777 "$work/out"
git -C "$root" archive "$commit" | tar -x -C "$work/cxux"
version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" "$work/cxux/cxux.control")
folder=$root/test/upgrade/$version
if [ -e "$folder/SHA256SUMS" ]; then
	echo "cxux: $version is released: what it wrote must not change" >&2
	exit 1
fi
# A commit older than the writer is served by today's.
cp "$root/test/upgrade_values.pl" "$root"/test/*.pm "$work/cxux/test/"
bash "$work/cxux/test/server.sh" run sh -c '
	perl test/upgrade_values.pl --write "$1"
	library=$(find "${CXUX_TMP%/tmp}/install" -name cxux.so)
	script=$(find "${CXUX_TMP%/tmp}/install" -name "cxux--$2.sql")
	cp "$script" "$1/script"
	perl -Itest -MUpgradeFiles -e '\''print map { "$_\n" } symbols_of(@ARGV)'\'' "$library" >"$1/symbols"' sh "$work/out" "$version"
mkdir -p "$folder" "$root/upgrade"
cp "$work/out/script" "$root/upgrade/cxux--$version.sql"
cp "$work/out/values" "$work/out/answers" "$work/out/symbols" "$folder/"
perl -I"$root/test" -MUpgradeFiles -e 'print map { checksum("$ARGV[0]/$_") . "  $_\n" } frozen_files(@ARGV)' "$root" "$version" >"$folder/SHA256SUMS"
echo "cxux: $version is frozen: $(wc -l <"$folder/values") values, $(wc -l <"$folder/answers") answers, $(wc -l <"$folder/symbols") functions of the library"
