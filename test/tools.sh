#!/bin/bash
# make test-tools, make test-superset: other people's tools, really run against a private server
# that listens on 127.0.0.1, too, on a free port and with a random password. What is missing is
# installed: Debian's packages into the system, those of PyPI and npm into
# ${CXUX_TOOLS_DIR:-~/.cache/cxux}, in the versions of test/tools/versions.sh.
#
#     bash test/tools.sh test-tools [FILE ...]     all of test/tools, or only these
#
# The environment of a test, beyond that of server.sh:
#
#     CXUX_BI_URL       postgresql://bi:...@127.0.0.1:.../cxux_tools: a role that may only read, see
#                       test/tools/probe.sql
#     CXUX_PORT         the server's
#     CXUX_PYTHON       of the drivers' environment
#     CXUX_CLASSPATH    the JDBC driver
#     CXUX_TOOLS_DIR    what was installed
. "$(dirname "$0")/server.sh"
. "$CXUX_ROOT/test/tools/versions.sh"
target=${1:-test-tools}
[ $# = 0 ] || shift
server_setup test
cd "$CXUX_ROOT"
export CXUX_TOOLS_DIR=${CXUX_TOOLS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/cxux}
mkdir -p "$CXUX_TOOLS_DIR"

# need COMMAND-OR-FILE PACKAGE: names the package where that is missing.
need() {
	case $1 in
	/*) [ -e "$1" ] ;;
	*) command -v "$1" >/dev/null ;;
	esac || echo "$2"
}

missing_packages() {
	python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
	if [ "$target" = test-tools ]; then
		need javac default-jdk-headless
		need /usr/share/java/postgresql.jar libpostgresql-jdbc-java
		need "$(ls /usr/lib/*/libodbc.so.2 /usr/lib/libodbc.so.2 2>/dev/null | head -n 1 | grep . || echo /libodbc)" unixodbc
		need "$(ls /usr/lib/*/odbc/psqlodbcw.so 2>/dev/null | head -n 1 | grep . || echo /psqlodbcw)" odbc-postgresql
		need "$("$PG_CONFIG" --pkglibdir)/pg_cron.so" "postgresql-$PG_MAJOR-cron"
	fi
	need node nodejs
	need npm npm
	need chromium chromium
	need /usr/share/fonts/truetype/dejavu fonts-dejavu-core
}

# in_folder NAME WHAT COMMAND ...: runs the command, which puts WHAT there, unless it has done so.
in_folder() {
	local folder=$CXUX_TOOLS_DIR/$1 what=$2
	shift 2
	[ "$(cat "$folder/installed" 2>/dev/null)" != "$what" ] || return 0
	echo "cxux: installing $what" >&2
	rm -rf "$folder"
	mkdir -p "$folder"
	if ! "$@" >"$folder/install.log" 2>&1; then
		tail -n 30 "$folder/install.log" >&2
		echo "cxux: cannot install $what" >&2
		return 1
	fi
	echo "$what" >"$folder/installed"
}

install_python() {
	in_folder "$1" "$2" sh -c 'python3 -m venv "$1" && shift && exec "$@"' sh "$CXUX_TOOLS_DIR/$1" \
		"$CXUX_TOOLS_DIR/$1/bin/pip" install --disable-pip-version-check --no-input $2
}

install_node() {
	in_folder "$1" "$2" npm install --no-audit --no-fund --no-save --ignore-scripts --prefix "$CXUX_TOOLS_DIR/$1" $2
}

(
	flock 9
	missing=$(missing_packages | xargs)
	if [ -n "$missing" ]; then
		echo "cxux: installing $missing" >&2
		setup_install $missing || { setup_apt update && setup_install $missing; } || {
			echo "cxux: please install: apt-get install $missing" >&2
			exit 1
		}
	fi
	if [ "$target" = test-tools ]; then
		install_python drivers "$TOOLS_DRIVERS" && install_python dbt "$TOOLS_DBT" && install_node node "$TOOLS_NODE" &&
			install_node browser "$TOOLS_BROWSER" && install_node html "$TOOLS_HTML"
	else
		install_python superset "$TOOLS_SUPERSET" && install_node browser "$TOOLS_BROWSER"
	fi
) 9>"$CXUX_TOOLS_DIR/lock" || exit 1

random() {
	od -A n -t x1 -N 16 /dev/urandom | tr -d ' \n'
}
CXUX_PORT=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
export CXUX_PORT PGPORT=$CXUX_PORT
CXUX_BI_PASSWORD=$(random)
export CXUX_BI_PASSWORD CXUX_BI_URL=postgresql://bi:$CXUX_BI_PASSWORD@127.0.0.1:$CXUX_PORT/cxux_tools
export CXUX_PYTHON=$CXUX_TOOLS_DIR/drivers/bin/python CXUX_CLASSPATH=/usr/share/java/postgresql.jar
# Modules are found beside what is run, or where this says.
export CXUX_NODE=$CXUX_TOOLS_DIR/node PYTHONDONTWRITEBYTECODE=1

conf=$(mktemp)
trap 'rm -f "$conf"' EXIT
{
	echo "listen_addresses = '127.0.0.1'"
	echo "port = $CXUX_PORT"
	if [ "$target" = test-tools ]; then
		echo "shared_preload_libraries = 'pg_cron'"
		echo "cron.use_background_workers = on"
	fi
} >"$conf"

status=0
server_run "$conf" bash "test/tools/$target.sh" "$@" || status=$?
rm -f "$conf"
[ -e "${CXUX_TMP:-}/counted" ] || echo '0 passed, 1 failed, 0 skipped'
exit "$status"
