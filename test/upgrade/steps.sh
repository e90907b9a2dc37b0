#!/bin/bash
# Called by ../upgrade.sh in its chroot: steps.sh OLD MIDDLE NEW, numbers of PostgreSQL versions whose
# servers are in /usr/lib/postgresql. Prints TAP.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/test/scale
top=/var/lib/postgresql/cxux
mkdir -p "$top"
cp -r test "$top/test"
chown -R postgres: "$top"
tests=0
failed=0

as_postgres() {
	(cd "$top" && setpriv --reuid postgres --regid postgres --init-groups env HOME="$top" "$@")
}

bin() {
	echo "/usr/lib/postgresql/$1/bin"
}

ok() { # what was tested; the status of the command before
	local status=$?
	tests=$((tests + 1))
	if [ "$status" = 0 ]; then
		echo "ok $tests - $1"
	else
		failed=1
		echo "not ok $tests - $1"
	fi
}

make_cluster() { # version, name
	local options=
	[ "$1" -lt 18 ] || options=--no-data-checksums
	as_postgres "$(bin "$1")/initdb" -D "$top/$2" -U postgres -A trust -E UTF8 --locale=C --no-sync $options >"$top/$2.initdb.log" 2>&1
	printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$top'" 'fsync = off' "timezone = 'UTC'" >>"$top/$2/postgresql.conf"
}

start() { # version, name
	as_postgres "$(bin "$1")/pg_ctl" -D "$top/$2" -l "$top/$2.log" -w start >"$top/$2.start.log" 2>&1 || {
		cat "$top/$2.log" >&2
		return 1
	}
}

stop() { # version, name
	as_postgres "$(bin "$1")/pg_ctl" -D "$top/$2" -m fast -w stop >"$top/$2.stop.log" 2>&1
}

run_psql() { # version, psql's arguments
	local version=$1
	shift
	as_postgres "$(bin "$version")/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$top" -U postgres "$@"
}

# What asked.sql prints, and whether the indexes hold what their tables do.
ask() { # version, file
	run_psql "$1" -d stored -c 'ANALYZE' && run_psql "$1" -d stored -f "$top/test/scale/asked.sql" >"$top/$2"
}

check_indexes() { # version
	run_psql "$1" -d stored -c 'SET client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS amcheck' \
		-c "SELECT count(bt_index_check(c.oid, true)::text) FROM pg_class AS c JOIN pg_am AS a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relname ~ '_btree\$'" \
		>"$top/amcheck.log" && [ "$(cat "$top/amcheck.log")" -ge 13 ]
}

# dump FROM NAME TO NAME: by the newer version's pg_dump, into a new cluster of it that goes on running
restore() { # version of the running server, new version, new name
	as_postgres "$(bin "$2")/pg_dump" -h "$top" -U postgres -d stored --format=custom --file="$top/$3.dump" &&
		stop "$1" "$old" && start "$2" "$3" &&
		as_postgres "$(bin "$2")/createdb" -h "$top" -U postgres -T template0 stored &&
		as_postgres "$(bin "$2")/pg_restore" -h "$top" -U postgres --exit-on-error -d stored "$top/$3.dump"
}

upgrade() { # old version, old name, new version, new name
	make_cluster "$3" "$4" &&
		as_postgres "$(bin "$3")/pg_upgrade" -b "$(bin "$1")" -B "$(bin "$3")" -d "$top/$2" -D "$top/$4" -U postgres -s "$top" --copy \
			>"$top/$4.upgrade.log" 2>&1 || {
		tail -n 30 "$top/$4.upgrade.log" >&2
		find "$top/$4" -name '*.txt' -path '*pg_upgrade*' -exec cat {} + >&2
		return 1
	}
}

compare() { # file, what
	diff -u "$top/asked.$1" "$top/asked.$2" >"$top/diff" || {
		head -n 40 "$top/diff" | cut -c1-300 | sed 's/^/# /'
		return 1
	}
}

for version in "$@"; do
	make -s clean PG_CONFIG="$(bin "$version")/pg_config" with_llvm=no
	# The headers of old versions were no C23, which new compilers take for granted.
	make -s -j2 install COPT=-std=gnu17 PG_CONFIG="$(bin "$version")/pg_config" with_llvm=no >"$top/make.$version.log" 2>&1 || {
		tail -n 20 "$top/make.$version.log" >&2
		exit 1
	}
done

# From here on what fails is told by ok.
set +e

# The original
first=$1
make_cluster "$first" original
start "$first" original
run_psql "$first" -c 'CREATE DATABASE stored'
# The first release, which the last server upgrades
run_psql "$first" -d stored -c "CREATE EXTENSION cxux VERSION '1.0.0'"
run_psql "$first" -d stored -f "$top/test/scale/stored.sql"
ask "$first" asked.original && [ "$(wc -l <"$top/asked.original")" -gt 80 ]
ok "PostgreSQL $first answers"
check_indexes "$first"
ok 'its indexes hold what the tables do'

# Dumped and restored from version to version
old=original
from=$first
for version in "${@:2}"; do
	make_cluster "$version" "restored_$version"
	restore "$from" "$version" "restored_$version" && ask "$version" "asked.restored_$version" && compare original "restored_$version"
	ok "dumped from $from and restored by $version, it answers the same"
	old=restored_$version
	from=$version
done
stop "$from" "$old"

# Upgraded in one step and in two
path() { # versions ...
	local name=original version=$1 next
	for next in "${@:2}"; do
		upgrade "$version" "$name" "$next" "${name}_$next"
		ok "pg_upgrade from $version to $next"
		name=${name}_$next
		version=$next
		start "$version" "$name" && ask "$version" "asked.$name" && compare original "$name"
		ok "upgraded to $name, it answers the same, through the indexes that it brought"
		check_indexes "$version"
		ok 'which hold what the tables do'
		[ "$(run_psql "$version" -d stored -c BEGIN \
			-c 'UPDATE stored SET rate_summary = rate_summary + rate_summary, nps_summary = nps_summary + nps_summary' \
			-c "INSERT INTO journeys (actor, j) SELECT i, event_journey('{2026-01-01}', '{new}') FROM generate_series(1, 100) AS i" \
			-c 'SET LOCAL enable_seqscan = off' -c "SELECT count(*) FROM journeys WHERE j @> 'new'" \
			-c 'SELECT count(bt_index_check(c.oid, true)::text) > 0 FROM pg_class AS c JOIN pg_am AS a ON a.oid = c.relam WHERE a.amname = '"'btree'"' AND c.relname = '"'nps_summary_btree'" \
			-c ROLLBACK | xargs)" = '100 t' ]
		ok 'and take what is written'
		[ "$version" != "${@: -1}" ] || {
			[ "$(run_psql "$version" -d stored -c "SELECT extversion FROM pg_extension WHERE extname = 'cxux'")" = 1.0.0 ] &&
				run_psql "$version" -d stored -c 'ALTER EXTENSION cxux UPDATE' &&
				ask "$version" "asked.$name.updated" && compare original "$name.updated" &&
				run_psql "$version" -d stored -c 'SELECT compare_event_rates(1, 1, 1, 1)' >"$top/$name.new"
			ok 'and then from 1.0.0 to the newest SQL'
		}
		stop "$version" "$name"
	done
}
cp -a "$top/original" "$top/kept"
path "$first" "${@: -1}"
rm -rf "$top/original"
cp -a "$top/kept" "$top/original"
path "$@"

echo "1..$tests"
[ "$failed" = 0 ]
