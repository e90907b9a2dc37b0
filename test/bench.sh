#!/bin/bash
# make bench: bench/run.sh on a private server with the settings of bench/postgresql.conf.
. "$(dirname "$0")/server.sh"
server_setup demo
cd "$CXUX_ROOT"
conf=$CXUX_ROOT/bench/postgresql.conf
[ -e "$conf" ] || conf=
server_run "$conf" bash bench/run.sh
