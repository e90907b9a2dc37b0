#!/bin/sh
# The sources are as clang-format 14 writes them; other versions differ in details.
echo 1..1
format=clang-format-14
if ! command -v $format >/dev/null; then
	format=clang-format
	if ! $format --version 2>/dev/null | grep -q 'version 14\.'; then
		echo "ok 1 - clang-format # SKIP clang-format 14 is not here"
		exit
	fi
fi
if report=$(find . -path ./.build -prune -o -name '*.[ch]' -exec $format --dry-run --Werror {} + 2>&1); then
	echo "ok 1 - clang-format"
else
	echo "$report" | grep 'error:' | cut -d: -f1 | sort | uniq -c | sed 's/^/# lines in /'
	echo "# clang-format-14 -i FILE puts it right"
	echo "not ok 1 - clang-format"
fi
