#!/bin/bash
# A private, throwaway PostgreSQL server with cxux installed in it.
#
# It never touches another server: no TCP, a socket directory of its own, and the caller's PG*
# variables are cleared. It runs as the caller, or as user postgres when the caller is root, whom
# the server refuses. Nothing the server reads lies in the checkout, which may be unreadable for
# that user.
#
# As a library, for bash, from any directory (sourcing changes nothing but "set -eu"):
#
#     . test/server.sh
#     server_setup [demo|test]  first of all: finds PostgreSQL 15 or later and installs what is
#                               missing; "test" adds what only tests need
#     dir=$(server_new_dir)     an empty directory that the server's user can reach
#     server_start DIR [CONF]   builds cxux, makes a cluster in DIR, starts it, sets the
#                               environment; CONF: a file appended to postgresql.conf
#     server_attach DIR         sets the environment of a server that runs in DIR already
#     server_stop DIR           stops it and removes DIR
#     server_run CONF COMMAND [ARGUMENT ...]
#                               starts one in a new directory, runs COMMAND, stops and removes it
#                               whatever happens; CONF may be empty
#
# As a command:
#
#     bash test/server.sh start [DIR [CONF]]    prints the directory; the socket is in DIR/run
#     bash test/server.sh stop DIR
#     bash test/server.sh run COMMAND ...       "run psql cxux_template" gives a shell to play in
#
# Below "run", for tests of several servers, which end with the first; both print the new socket
# directory:
#
#     bash test/server.sh add NAME [CONF]       one more server, with the extension installed
#     bash test/server.sh standby NAME          a streaming standby of the one that runs
#     bash test/server.sh again NAME            starts one of these again that was stopped or killed
#
# make bench and make demo call bench/run.sh and demo/run.sh with the server running and the
# environment set; bench/postgresql.conf and demo/postgresql.conf are appended to its settings.
#
# The environment:
#
#     PGHOST PGUSER PGDATABASE  socket directory, postgres, postgres
#     CXUX_BIN                  the server's programs, also first in PATH
#     CXUX_TMP, TMPDIR          a scratch directory, removed with the server
#     CXUX_ROOT                 the checkout
#     CXUX_BUILD                where it was built
#     CXUX_DATA                 ../shared/data beside the checkout, empty when it is not there
#     PG_CONFIG PG_MAJOR
#     CXUX_POSTGRES             what pg_ctl starts instead of postgres, where that is set
#     CXUX_VARIANT              added to the name of the directory it is built in, likewise
#
# The extension is installed; template database cxux_template has it created, and pgTAP where that
# is installed: "createdb -T cxux_template NAME".

set -eu

CXUX_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export CXUX_ROOT
. "$CXUX_ROOT/test/setup.sh"

server_user() {
	if [ "$(id -u)" != 0 ]; then
		id -un
	elif id postgres >/dev/null 2>&1; then
		echo postgres
	else
		echo nobody
	fi
}

# Runs a command as the server's user, in DIR because the caller's directory may be unreadable.
server_as_user() {
	local dir=$1 user
	shift
	user=$(server_user)
	if [ "$(id -u)" = 0 ]; then
		(cd "$dir" && exec setpriv --reuid "$user" --regid "$(id -gn "$user")" --init-groups "$@")
	else
		(cd "$dir" && exec "$@")
	fi
}

server_new_dir() {
	local base dir
	for base in "${TMPDIR:-/tmp}" /tmp; do
		dir=$(mktemp -d "$base/cxux.XXXXXX") || continue
		chmod 711 "$dir"
		# The path of a socket, DIR/run/.s.PGSQL.5432, is limited to 107 bytes.
		if [ ${#dir} -le 85 ] && server_as_user "$dir" test -x "$dir/." 2>/dev/null; then
			echo "$dir"
			return
		fi
		rmdir "$dir"
	done
	echo "cxux: the server cannot use a directory in ${TMPDIR:-/tmp}: set TMPDIR" >&2
	return 1
}

# Builds outside the source tree, in one directory for each PostgreSQL version, so that objects of
# another one are never linked, and keeps it for the next run.
server_build() {
	local destdir=$1 build file
	build=$CXUX_ROOT/.build/$("$PG_CONFIG" --version | tr -cs '[:alnum:].' - | sed 's/-$//')${CXUX_VARIANT:+-$CXUX_VARIANT}
	if ! mkdir -p "$build/src" 2>/dev/null || [ ! -O "$build" ]; then
		build=$CXUX_TMP/build
		mkdir -p "$build/src"
	fi
	export CXUX_BUILD=$build
	(
		flock 9
		cd "$CXUX_ROOT"
		for file in "$build"/src/*.[ch] "$build"/src/*.sql "$build"/upgrade/*.sql; do
			[ -e "${file#"$build/"}" ] || rm -f "$file"
		done
		for file in Makefile cxux.control src/*.[ch] src/*.sql upgrade/*.sql; do
			[ -e "$file" ] || continue
			mkdir -p "$build/$(dirname "$file")"
			# By content, as an older file may have come back.
			cmp -s "$file" "$build/$file" || cp "$file" "$build/$file"
		done
		if ! make -s -C "$build" -j "$(nproc)" install PG_CONFIG="$PG_CONFIG" with_llvm=no \
			DESTDIR="$destdir" >"$CXUX_TMP/make.log" 2>&1 9>&-; then
			cat "$CXUX_TMP/make.log" >&2
			exit 1
		fi
	) 9>"$build/lock"
}

# Settings that make the server look for extensions in the private install first.
server_extension_settings() {
	local dir=$1 install=$2
	if server_as_user "$dir" "$CXUX_BIN/postgres" -D "$dir/data" -C extension_destdir \
		>/dev/null 2>&1; then
		echo "extension_destdir = '$install'"
	elif [ "$PG_MAJOR" -ge 18 ]; then
		echo "extension_control_path = '$install$("$PG_CONFIG" --sharedir):\$system'"
		echo "dynamic_library_path = '$install$("$PG_CONFIG" --pkglibdir):\$libdir'"
	else
		echo "cxux: this PostgreSQL $PG_MAJOR loads extensions from its own directory only:" \
			"use Debian's packages (extension_destdir) or PostgreSQL 18 or later" >&2
		return 1
	fi
}

server_attach() {
	export PGHOST=$1/run PGUSER=postgres PGDATABASE=postgres
	export CXUX_TMP=$1/tmp TMPDIR=$1/tmp PATH="$CXUX_BIN:$PATH" LC_ALL=C.UTF-8
	CXUX_DATA=$(cd "$CXUX_ROOT/../shared/data" 2>/dev/null && pwd -P) || true
	export CXUX_DATA
}

# Makes a cluster in DIR with the extensions of INSTALL and starts it.
server_cluster() {
	local dir=$1 install=$2 conf=${3:-}
	mkdir -p "$dir/data" "$dir/run" "$dir/tmp"
	chmod 711 "$dir"
	chmod 700 "$dir/data" "$dir/run"
	[ "$(id -u)" != 0 ] || chown "$(server_user):" "$dir/data" "$dir/run"
	if ! server_as_user "$dir" "$CXUX_BIN/initdb" -D "$dir/data" -U postgres --auth-local=trust \
		--auth-host=scram-sha-256 -E UTF8 --locale=C --no-sync >"$dir/tmp/initdb.log" 2>&1; then
		cat "$dir/tmp/initdb.log" >&2
		return 1
	fi
	{
		echo "listen_addresses = ''"
		echo "unix_socket_directories = '$dir/run'"
		echo "fsync = off"
		echo "timezone = 'UTC'"
		server_extension_settings "$dir" "$install" || return 1
		[ -z "$conf" ] || cat "$conf" || return 1
	} >>"$dir/data/postgresql.conf"
	server_launch "$dir"
}

# Starts the cluster that lies in DIR.
server_launch() {
	local dir=$1
	if ! server_as_user "$dir" "$CXUX_BIN/pg_ctl" ${CXUX_POSTGRES:+-p "$CXUX_POSTGRES"} -D "$dir/data" -l "$dir/data/log" -w start \
		>"$dir/tmp/start.log" 2>&1 </dev/null; then
		echo "cxux: the server did not start:" >&2
		tail -n 30 "$dir/tmp/start.log" "$dir/data/log" >&2
		return 1
	fi
}

# One more server beside the one that runs, in a directory of its scratch directory.
server_add() {
	server_cluster "$CXUX_TMP/$1" "${CXUX_TMP%/tmp}/install" "${2:-}"
	echo "$CXUX_TMP/$1/run"
}

# A streaming standby of the server that runs, likewise.
server_standby() {
	local dir=$CXUX_TMP/$1 primary=$PGHOST
	mkdir -p "$dir/data" "$dir/run" "$dir/tmp"
	chmod 711 "$dir"
	chmod 700 "$dir/data" "$dir/run"
	[ "$(id -u)" != 0 ] || chown "$(server_user):" "$dir/data" "$dir/run"
	if ! server_as_user "$dir" "$CXUX_BIN/pg_basebackup" -h "$primary" -U postgres -D "$dir/data" -R -X stream \
		-c fast --no-sync >"$dir/tmp/backup.log" 2>&1; then
		cat "$dir/tmp/backup.log" >&2
		return 1
	fi
	echo "unix_socket_directories = '$dir/run'" >>"$dir/data/postgresql.conf"
	server_launch "$dir" && echo "$dir/run"
}

server_start() {
	local dir=$1 conf=${2:-}
	umask 022
	mkdir -p "$dir/tmp" "$dir/install"
	chmod 711 "$dir"
	server_attach "$dir"
	server_build "$dir/install" || return 1
	server_cluster "$dir" "$dir/install" "$conf" || return 1
	createdb cxux_template || return 1
	psql -X -q -v ON_ERROR_STOP=1 -d cxux_template -c 'CREATE EXTENSION cxux' || return 1
	if [ -e "$("$PG_CONFIG" --sharedir)/extension/pgtap.control" ]; then
		psql -X -q -v ON_ERROR_STOP=1 -d cxux_template -c 'CREATE EXTENSION pgtap' || return 1
	fi
}

# Servers that a test started in its scratch directory end, too.
server_stop() {
	local file
	find "$1" -name postmaster.pid 2>/dev/null | while read -r file; do
		server_as_user "$1" "$CXUX_BIN/pg_ctl" -D "${file%/*}" -m immediate -w stop >/dev/null 2>&1 ||
			echo "cxux: the server in ${file%/*} did not stop" >&2
	done
	rm -rf "$1"
}

server_run() {
	local conf=$1 status=0
	shift
	SERVER_JOB=
	SERVER_DIR=
	trap server_run_end EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	SERVER_DIR=$(server_new_dir) || return 1
	server_start "$SERVER_DIR" "$conf" || return 1
	if [ -t 0 ]; then
		"$@" || status=$?
	else
		# A process group of its own, so that a signal to us ends all of it at once.
		set -m
		"$@" <&0 &
		SERVER_JOB=$!
		set +m
		wait "$SERVER_JOB" || status=$?
		SERVER_JOB=
	fi
	return "$status"
}

server_run_end() {
	trap '' HUP INT TERM
	[ -z "$SERVER_JOB" ] || kill -TERM -- "-$SERVER_JOB" 2>/dev/null || true
	[ -z "$SERVER_DIR" ] || server_stop "$SERVER_DIR"
}

# Starts one of these again. Of one that was killed the process, or the memory that its last backends
# use, may be there for a while.
server_again() {
	local tries
	for tries in $(seq 300); do
		if server_launch "$CXUX_TMP/$1" 2>"$CXUX_TMP/again.log"; then
			echo "$CXUX_TMP/$1/run"
			return
		fi
		grep -q -e 'pre-existing shared memory block' -e 'lock file .* already exists' "$CXUX_TMP/again.log" || break
		sleep 0.1
	done
	cat "$CXUX_TMP/again.log" >&2
	return 1
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	case ${1:-} in
	start)
		server_setup demo
		dir=${2:-$(server_new_dir)}
		server_start "$dir" "${3:-}" || {
			server_stop "$dir"
			exit 1
		}
		echo "$dir"
		;;
	stop)
		server_setup demo
		server_stop "${2:?directory}"
		;;
	add | standby | again)
		"server_$1" "${2:?name}" "${3:-}"
		;;
	run)
		shift
		server_setup demo
		server_run "${CXUX_CONF:-}" "${@:?command}"
		;;
	*)
		echo 'usage: bash test/server.sh start [DIR [CONF]] | stop DIR | run COMMAND ... | add NAME [CONF] | standby NAME | again NAME' >&2
		exit 2
		;;
	esac
fi
