#!/bin/bash
# make test-debug: the suite on a server with assertions, which checks and overwrites memory that is
# given back (see debug_server.sh).
# make test-valgrind: that, and then the tests below with the server and all its sessions under
# Valgrind; any error that it finds, be it in the extension or not, fails.
#
#     bash test/valgrind.sh debug|valgrind
#
# VALGRIND_ONLY is a regular expression of names of tests: "make test-valgrind
# VALGRIND_ONLY='sql|funnel'" runs only these, and nothing without Valgrind; with test-debug it
# chooses, too. Reports of Valgrind stay in ${CXUX_DEBUG_DIR:-/var/tmp/cxux-debug}/MAJOR/valgrind.
. "$(dirname "$0")/debug_server.sh"
target=${1:-valgrind}

# What asks no server of ours, or only for names
no_server='data|format|dist|harness|doc_functions|doc_messages|doc_navigation|doc_coverage|doc_forms'
# Valgrind takes 20 to 50 times as long. Left out is what brings more rows to code that others of the
# tests run, too: the demo of 50,000 customers and its page, the examples of all pages and recipes,
# the real data, and rows by the hundred thousand.
bulk='demo.*|report_page|recipes|doc_blocks|real_.*|long_work|journey_large'

# tests LEFT-OUT: the names of the others
tests() {
	local file name
	for file in sql test/*.sql test/*.pl; do
		name=$(basename "$file" .sql)
		name=${name%.pl}
		[[ ! $name =~ ^($1)$ && $name =~ ${VALGRIND_ONLY:-.} ]] || continue
		echo "$file"
	done
}

# Runs below server_run: the harness, then what the servers logged.
run_suite() {
	local status=0
	perl test/harness.pl "$@" || status=$?
	debug_complaints "${CXUX_TMP%/tmp}" || {
		echo "cxux: the server complained, see above" >&2
		status=1
	}
	return "$status"
}

# Keeps the reports of the processes in which Valgrind found something, shows where, and is false then.
valgrind_found_nothing() {
	local file found=
	for file in "$reports"/*.log; do
		if grep -q VALGRINDERROR-BEGIN "$file"; then
			found=1
			echo "$file: $(grep -c VALGRINDERROR-BEGIN "$file") errors"
			sed -n '/VALGRINDERROR-BEGIN/,/VALGRINDERROR-END/p' "$file" | sed 's/^==[0-9]*== //' | head -n 60
		else
			rm -f "$file"
		fi
	done
	[ -z "$found" ]
}

if [ "$target" = run ]; then
	shift
	run_suite "$@"
	exit
fi

server_setup test
debug_server "make test-$target" || exit 1
cd "$CXUX_ROOT"
status=0

if [ "$target" = debug ] || [ -z "${VALGRIND_ONLY:-}" ]; then
	echo 'The suite on a server with assertions:'
	(server_run '' bash test/valgrind.sh run $(tests "$no_server")) || status=$?
fi
[ "$target" = valgrind ] || exit "$status"

reports=$debug_dir/valgrind
rm -rf "$reports"
mkdir -p "$reports"
chmod 1777 "$reports"
export CXUX_POSTGRES=$debug_dir/postgres PGCTLTIMEOUT=600
cat >"$CXUX_POSTGRES" <<END
#!/bin/sh
# Its own files go where the server's user may write.
TMPDIR=$reports exec valgrind --quiet --trace-children=yes --leak-check=no --track-origins=no --num-callers=30 --time-stamp=yes \\
	--error-markers=VALGRINDERROR-BEGIN,VALGRINDERROR-END --suppressions=$debug_dir/source/server/src/tools/valgrind.supp \\
	--log-file=$reports/%p.log $CXUX_BIN/postgres "\$@"
END
chmod 755 "$CXUX_POSTGRES"
conf=$(mktemp)
trap 'rm -f "$conf"' EXIT
echo "authentication_timeout = '10min'" >"$conf"
echo 'The suite under Valgrind:'
# How many random cases, and by what limits of time are multiplied
export CXUX_CASES=${CXUX_CASES:-12} CXUX_SLOWDOWN=60
(server_run "$conf" bash test/valgrind.sh run $(tests "$no_server|$bulk")) || status=$?
processes=$(find "$reports" -name '*.log' | wc -l)
if [ "$processes" = 0 ]; then
	echo 'cxux: nothing ran under Valgrind' >&2
	status=1
elif valgrind_found_nothing; then
	echo "Valgrind found nothing in $processes processes."
else
	status=1
fi
exit "$status"
