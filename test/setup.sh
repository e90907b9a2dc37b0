# Sourced by server.sh: finds PostgreSQL, and installs what is missing where there is apt-get.

setup_pg_usable() {
	local bin
	[ -f "$("$1" --pgxs 2>/dev/null)" ] && [ -f "$("$1" --includedir-server)/postgres.h" ] || return 1
	bin=$("$1" --bindir)
	[ -x "$bin/postgres" ] && [ -x "$bin/initdb" ] && [ "$(setup_pg_major "$1")" -ge 15 ]
}

setup_pg_major() {
	"$1" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'
}

# Sets PG_CONFIG, PG_MAJOR and CXUX_BIN: what the caller named, else the newest there is.
setup_find_pg() {
	local candidate found=
	for candidate in ${PG_CONFIG:-$(ls -d /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | sort -rV) pg_config}; do
		if setup_pg_usable "$candidate"; then
			found=$candidate
			break
		fi
	done
	[ -n "$found" ] || return 1
	PG_CONFIG=$(command -v "$found")
	PG_MAJOR=$(setup_pg_major "$PG_CONFIG")
	CXUX_BIN=$("$PG_CONFIG" --bindir)
	export PG_CONFIG PG_MAJOR CXUX_BIN
}

setup_available() {
	apt-cache show "$1" >/dev/null 2>&1
}

# The newest major that apt has server and headers of; one whose server is here already goes first.
setup_pick_major() {
	local major
	for major in $(ls /usr/lib/postgresql 2>/dev/null | sort -rn) \
		$(apt-cache pkgnames postgresql-server-dev- 2>/dev/null | sed 's/.*-//' | sort -rn); do
		if [ "$major" -ge 15 ] 2>/dev/null && setup_available "postgresql-$major" &&
			setup_available "postgresql-server-dev-$major"; then
			echo "$major"
			return
		fi
	done
}

# The packages that "demo" or "test" still needs.
setup_missing() {
	local major
	command -v make >/dev/null || echo make
	command -v gcc >/dev/null || echo gcc
	echo 'int main(void) { return 0; }' | gcc -x c -o /dev/null - 2>/dev/null || echo libc6-dev
	if setup_find_pg; then
		major=$PG_MAJOR
	else
		major=$(setup_pick_major)
		# Without apt's lists the number is not known.
		[ -x "/usr/lib/postgresql/${major:-none}/bin/postgres" ] || echo "postgresql${major:+-$major}"
		echo "postgresql-server-dev-${major:-all}"
	fi
	[ "$1" = test ] || return 0
	command -v prove >/dev/null || echo perl
	if ! [ -e "/usr/share/postgresql/${major:-none}/extension/pgtap.control" ] &&
		! [ -e "$("${PG_CONFIG:-false}" --sharedir)/extension/pgtap.control" ]; then
		echo "${major:+postgresql-$major-}pgtap"
	fi
}

# What a test is skipped without.
setup_optional() {
	if [ "$1" = test ] && ! command -v clang-format-14 >/dev/null && setup_available clang-format-14; then
		echo clang-format-14
	fi
}

setup_as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

setup_may_install() {
	command -v apt-get >/dev/null && setup_as_root true 2>/dev/null
}

# Shows apt's words only when it fails.
setup_apt() {
	local log status=0
	log=$(mktemp)
	setup_as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 \
		-o DPkg::Lock::Timeout=600 "$@" >"$log" 2>&1 </dev/null || status=$?
	[ "$status" = 0 ] || tail -n 30 "$log" >&2
	rm -f "$log"
	return "$status"
}

# A new server package makes and starts a cluster and starts those that lie stopped. Neither is
# wanted: both of the system's own switches are set while it installs, and put back.
setup_install() (
	drop_in=/etc/postgresql-common/createcluster.d/cxux.conf
	policy=/usr/sbin/policy-rc.d
	made_dir=
	made_policy=
	undo() {
		setup_as_root rm -f "$drop_in"
		[ -z "$made_dir" ] || setup_as_root rmdir --ignore-fail-on-non-empty "${drop_in%/*}"
		[ -z "$made_policy" ] || setup_as_root rm -f "$policy"
	}
	options='--no-install-recommends --no-remove --no-upgrade'
	if [[ " $* " == *' postgresql-'[0-9]* ]]; then
		setup_apt install $options postgresql-common || exit 1
		trap undo EXIT
		trap 'exit 1' HUP INT TERM
		if [ ! -d "${drop_in%/*}" ]; then
			made_dir=1
			setup_as_root mkdir "${drop_in%/*}" || exit 1
		fi
		echo 'create_main_cluster = false' | setup_as_root tee "$drop_in" >/dev/null || exit 1
		if [ ! -e "$policy" ]; then
			made_policy=1
			printf '#!/bin/sh\nexit 101\n' | setup_as_root tee "$policy" >/dev/null || exit 1
			setup_as_root chmod 755 "$policy" || exit 1
		fi
	fi
	setup_apt install $options "$@"
)

server_setup() {
	local what=${1:-demo} name missing status=0
	for name in $(compgen -e PG | grep -v '^PG_'); do
		unset "$name"
	done
	# The variables of a make that called us are not for the make we call.
	unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL
	if [ -n "${PG_CONFIG:-}" ] && ! setup_pg_usable "$PG_CONFIG"; then
		echo "cxux: PG_CONFIG=$PG_CONFIG does not name a PostgreSQL 15 or later with its server" \
			"and headers" >&2
		exit 1
	fi
	missing=$(setup_missing "$what" | xargs)
	if [ -n "$missing$(setup_optional "$what")" ] && setup_may_install; then
		missing="$missing $(setup_optional "$what")"
		echo "cxux: installing $missing" >&2
		# A missing major means missing lists.
		if [[ $missing == *-server-dev-all* ]] || ! setup_install $missing; then
			setup_apt update
			missing=$(setup_missing "$what" | xargs)
			setup_install $missing $(setup_optional "$what") || status=1
		fi
		missing=$(setup_missing "$what" | xargs)
	fi
	if [ -n "$missing" ]; then
		[[ $missing != *-server-dev-all* ]] || missing="$missing (after apt-get update)"
		echo "cxux: please install: apt-get install $missing" >&2
		exit 1
	fi
	setup_find_pg
}
