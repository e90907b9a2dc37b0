#!/bin/bash
# make test-sqlsmith: SQLsmith for SQLSMITH_SECONDS (1200) against a private server with assertions (see
# debug_server.sh) that has the extension, the demo's data and stored summaries of every type.
. "$(dirname "$0")/debug_server.sh"
server_setup test
debug_install sqlsmith || exit 1
debug_server 'make test-sqlsmith' || exit 1
cd "$CXUX_ROOT"
conf=$(mktemp)
trap 'rm -f "$conf"' EXIT
cat >"$conf" <<END
log_line_prefix = '%e '
log_error_verbosity = verbose
track_functions = all
END
status=0
(server_run "$conf" perl test/sqlsmith/run.pl) || status=$?
exit "$status"
