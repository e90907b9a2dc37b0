#!/bin/bash
# Called by test/tools.sh with the server running: the demo, and a Superset on 127.0.0.1
# that gets the dashboard of demo/superset as anybody would import it. Screenshots of the dashboard
# and of each chart are kept in ${CXUX_SCREENSHOTS:-.build/superset}.
set -eu
if ! bash demo/run.sh demo >"$CXUX_TMP/demo.log" 2>&1; then
	tail -n 20 "$CXUX_TMP/demo.log" >&2
	exit 1
fi
psql -X -q -v ON_ERROR_STOP=1 -v password="$CXUX_BI_PASSWORD" -d demo <<'END'
CREATE ROLE bi LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA bi TO bi;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO bi;
ALTER ROLE bi SET default_transaction_read_only = on;
END

python=$CXUX_TOOLS_DIR/superset/bin/python
superset=$CXUX_TOOLS_DIR/superset/bin/superset
random() {
	od -A n -t x1 -N 16 /dev/urandom | tr -d ' \n'
}
quietly() {
	if ! "$@" >"$CXUX_TMP/superset.log" 2>&1; then
		tail -n 40 "$CXUX_TMP/superset.log" >&2
		return 1
	fi
}
export SUPERSET_HOME=$CXUX_TMP/superset SUPERSET_CONFIG_PATH=$CXUX_ROOT/demo/superset/superset_config.py FLASK_APP=superset
SUPERSET_SECRET_KEY=$(random)$(random)
CXUX_SUPERSET_PASSWORD=$(random)
export SUPERSET_SECRET_KEY CXUX_SUPERSET_PASSWORD
mkdir -p "$SUPERSET_HOME"

# The tables that Superset makes for itself take minutes: an empty set of them is kept.
empty=$CXUX_TOOLS_DIR/superset/empty.db
if [ ! -e "$empty" ]; then
	quietly "$superset" db upgrade
	quietly "$superset" init
	cp "$SUPERSET_HOME/superset.db" "$empty.new"
	mv "$empty.new" "$empty"
fi
cp "$empty" "$SUPERSET_HOME/superset.db"
quietly "$superset" fab create-admin --username admin --firstname A --lastname Admin --email admin@localhost --password "$CXUX_SUPERSET_PASSWORD"
cp -R demo/superset/company "$CXUX_TMP/company"
sed -i "s|://bi:@127.0.0.1:5432/|://bi:$CXUX_BI_PASSWORD@127.0.0.1:$CXUX_PORT/|" "$CXUX_TMP/company/databases/company.yaml"
(cd "$CXUX_TMP" && "$python" -m zipfile -c company.zip company)
quietly "$superset" import-dashboards --username admin --path "$CXUX_TMP/company.zip"

CXUX_SUPERSET_PORT=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
export CXUX_SUPERSET_PORT
export CXUX_SCREENSHOTS=${CXUX_SCREENSHOTS:-$CXUX_ROOT/.build/superset}
mkdir -p "$CXUX_SCREENSHOTS"
"$superset" run --host 127.0.0.1 --port "$CXUX_SUPERSET_PORT" --with-threads --no-reload >"$CXUX_TMP/superset.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
status=0
perl test/harness.pl test/tools/superset.mjs || status=$?
[ "$status" = 0 ] || tail -n 20 "$CXUX_TMP/superset.log" >&2
exit "$status"
