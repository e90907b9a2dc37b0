#!/bin/bash
# make bench: makes the data, then measures the budgets one by one (see budgets.pl).
#
# Called by test/bench.sh, with the environment of a private server (see test/server.sh).
#
#     CXUX_BENCH_ROWS   answers and events, 10000000 unless told; 100000 or more, for trying things out
#     CXUX_BENCH_PAIRS  timed pairs per budget, 51 unless told; 7 or more
#     CXUX_BENCH_ONLY   a regular expression: only the budgets whose titles match
#     CXUX_BENCH_PEERS  a folder for the engines to compare with, bench/peers unless told; npm puts
#                       them there, and without npm or a network what needs them is skipped
set -eu
cd "$(dirname "$0")"

export CXUX_BENCH_ROWS=${CXUX_BENCH_ROWS:-10000000}
export CXUX_BENCH_PAIRS=${CXUX_BENCH_PAIRS:-51}
require() {
	case $2 in
	'' | *[!0-9]*) ;;
	*) [ "$2" -lt "$3" ] || return 0 ;;
	esac
	echo "cxux: $1 must be a number from $3 up, not \"$2\"" >&2
	exit 2
}
require CXUX_BENCH_ROWS "$CXUX_BENCH_ROWS" 100000
require CXUX_BENCH_PAIRS "$CXUX_BENCH_PAIRS" 7

export PGDATABASE=cxux_bench
createdb -T cxux_template "$PGDATABASE"
make_events() { # how many, into which table
	psql -X -q -v ON_ERROR_STOP=1 -v rows="$1" -v table="$2" -f events.sql
}
psql -X -q -v ON_ERROR_STOP=1 -v rows="$CXUX_BENCH_ROWS" -f answers.sql
make_events "$CXUX_BENCH_ROWS" events
make_events $((CXUX_BENCH_ROWS / 3)) events_third
make_events $((CXUX_BENCH_ROWS / 10)) events_tenth
psql -X -q -v ON_ERROR_STOP=1 -f halves.sql -f journeys.sql
exec perl budgets.pl
