#!/bin/sh
# Runs pg_regress on sql/*.sql and tells its results as TAP, which it speaks itself since 16 only.
set -eu
names=$(cd sql 2>/dev/null && ls -- *.sql 2>/dev/null | sed 's/\.sql$//') || true
if [ -z "$names" ]; then
	echo "1..0 # SKIP no sql/*.sql"
	exit
fi
output=$CXUX_TMP/regress
mkdir -p "$output"
"$(dirname "$("$PG_CONFIG" --pgxs)")/../test/regress/pg_regress" --inputdir="$CXUX_ROOT" \
	--outputdir="$output" --bindir="$CXUX_BIN" --dbname=cxux_regress --load-extension=cxux $names \
	>"$output/log" 2>&1 || cat "$output/log" >&2
number=0
for name in $names; do
	number=$((number + 1))
	if grep -Eq "^(test +| +)$name +\.\.\. ok |^ok +[0-9]+ +[-+] $name " "$output/log"; then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
	fi
done
echo "1..$number"
[ ! -s "$output/regression.diffs" ] || cat "$output/regression.diffs" >&2
