#!/bin/bash
# A company of 50,000 customers and the reports on it, in a new database on a running server that
# has cxux: bash demo/run.sh [DATABASE [PAGE]]. They are printed, and those on the customers are one
# page for a browser, too, written to PAGE. "make demo" starts a server of its own for it. Where
# CXUX_DATA names a directory with the real data, there are reports on these, too.
set -eu

here=$(dirname "$0")
database=${1:-demo}
page=${2:-report.html}

run() {
	psql -X -q -v ON_ERROR_STOP=1 -P pager=off -d "$database" "$@"
}

createdb "$database"
run -c 'CREATE EXTENSION cxux'
run -f "$here/company.sql"
run -f "$here/report.sql"
run -f "$here/journeys.sql"
run -f "$here/loyalty.sql"
if [ -n "${CXUX_DATA:-}" ]; then
	run -f "$here/helpdesk.sql" <"$CXUX_DATA/helpdesk_events.csv"
	run -f "$here/bfi.sql" <"$CXUX_DATA/bfi_answers.csv"
	run -f "$here/wikispeedia.sql" <"$CXUX_DATA/wikispeedia_unfinished.csv"
	run -f "$here/cdnow.sql" <"$CXUX_DATA/cdnow_purchases.csv"
else
	echo 'The reports on real data (a help desk, a questionnaire, a search, a shop) are skipped: ../shared/data is missing.'
fi
# All of it together, and who comes back, at the end
run -f "$here/touchpoints.sql"
run -f "$here/views.sql"
run -f "$here/report_page.sql"
# Compiling the query would take ten times as long as running it.
run -A -t -c 'SET jit = off' -c 'SELECT html FROM page.report' >"$page"
echo "All of it is in database \"$database\"; the questions are in demo/*.sql."
echo 'Schema bi has views for BI tools.'
echo "The report as one page for a browser: $page"
