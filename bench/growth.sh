#!/bin/bash
# make growth: bench/growth.pl on a private server with the settings of bench/postgresql.conf.
. "$(dirname "$0")/../test/server.sh"
server_setup demo
cd "$CXUX_ROOT"
server_run "$CXUX_ROOT/bench/postgresql.conf" sh -c 'createdb -T cxux_template growth && PGDATABASE=growth exec perl bench/growth.pl'
