#!/bin/bash
# make faults: the tests of faults, whole, counted as make test counts.
. "$(dirname "$0")/server.sh"
server_setup test
cd "$CXUX_ROOT"
status=0
server_run '' perl test/harness.pl test/faults.pl test/faults_moments.pl test/faults/gaps.pl || status=$?
[ -e "${CXUX_TMP:-}/counted" ] || echo '0 passed, 1 failed, 0 skipped'
exit "$status"
