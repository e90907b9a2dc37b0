#!/bin/bash
# make test: sets up, then runs every test on a private server. The count is the last line.
. "$(dirname "$0")/server.sh"
server_setup test
cd "$CXUX_ROOT"
status=0
server_run '' perl test/harness.pl || status=$?
# Without a server (a build that failed, say) the harness did not come to its own last line.
[ -e "${CXUX_TMP:-}/counted" ] || echo '0 passed, 1 failed, 0 skipped'
exit "$status"
