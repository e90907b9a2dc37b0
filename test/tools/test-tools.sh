#!/bin/bash
# Called by test/tools.sh with the server running: the files named, or all.
set -eu
createdb cxux_tools
psql -X -q -v ON_ERROR_STOP=1 -v password="$CXUX_BI_PASSWORD" -d cxux_tools -f test/tools/probe.sql
[ $# -gt 0 ] || set -- test/tools/pg_cron.pl test/tools/psycopg_test.py test/tools/sqlalchemy_test.py \
	test/tools/node_postgres.mjs test/tools/Jdbc.java test/tools/odbc.py test/tools/dbt.pl \
	test/tools/report_page.mjs
exec perl test/harness.pl "$@"
