# Sourced by valgrind.sh and sqlsmith.sh: a server with assertions that also tells Valgrind of its
# memory contexts, built from Debian's source package of the major that server_setup finds, kept in
# ${CXUX_DEBUG_DIR:-/var/tmp/cxux-debug}. The machine's own apt settings stay as they are.

. "$(dirname "${BASH_SOURCE[0]}")/server.sh"

debug_flags='-Og -g -DUSE_VALGRIND'
debug_configure='--enable-cassert --enable-debug --with-icu --with-libxml --without-readline'
# As the source package asks for them, but for what is switched off.
debug_packages='bison dpkg-dev flex libicu-dev libxml2-dev pkg-config valgrind zlib1g-dev'

# debug_install PACKAGE ...: installs those that are missing.
debug_install() {
	local missing
	missing=$(for package in "$@"; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
	done | xargs)
	[ -n "$missing" ] || return 0
	echo "cxux: installing $missing" >&2
	setup_may_install && { setup_install $missing || { setup_apt update && setup_install $missing; }; } || {
		echo "cxux: please install: apt-get install $missing" >&2
		return 1
	}
}

# apt with lists of sources of its own, below the cache.
debug_apt() {
	local command=$1
	shift
	"$command" -qq -c "$debug_dir/apt/apt.conf" "$@"
}

# Takes the newest source that the mirror has: one of a security suite may be in its list alone.
debug_source() {
	local package=postgresql-$PG_MAJOR keyring=/usr/share/keyrings/debian-archive-keyring.gpg version
	rm -rf "$debug_dir/apt" "$debug_dir/source"
	mkdir -p "$debug_dir/apt/lists/partial" "$debug_dir/apt/cache/archives/partial" "$debug_dir/source"
	apt-get indextargets --format "deb-src $([ ! -e $keyring ] || echo "[signed-by=$keyring]") \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" \
		'Created-By: Packages' 'Origin: Debian' | sort -u >"$debug_dir/apt/sources.list"
	cat >"$debug_dir/apt/apt.conf" <<-END
		Dir::Etc::SourceList "$debug_dir/apt/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State::Lists "$debug_dir/apt/lists";
		Dir::Cache "$debug_dir/apt/cache";
		APT::Sandbox::User "$(id -un)";
	END
	debug_apt apt-get update || return 1
	for version in $(debug_apt apt-cache showsrc "$package" |
		awk '$1 == "Package:" { name = $2 } $1 == "Version:" && name == "'"$package"'" { print $2 }' | sort -rV); do
		if (cd "$debug_dir/source" && debug_apt apt-get source "$package=$version"); then
			mv "$debug_dir/source/$package-"*/ "$debug_dir/source/server"
			debug_change_source
			return
		fi
	done
	echo "cxux: no source package of $package" >&2
	return 1
}

# What of the server's source is changed.
#
# One assertion is wrong; the test of live roll-ups meets it, as plain SQL does where a row is longer
# than what its page has left:
#
#     BEGIN; SELECT FROM t WHERE id = 1 FOR NO KEY UPDATE; SAVEPOINT s; UPDATE t SET v = 'short' WHERE id = 1;
#     ROLLBACK TO s; RELEASE s; UPDATE t SET v = 'long ...' WHERE id = 1;
#
# The lock that the row is given meanwhile still names the update that was taken back.
#
# Whenever Memcheck is told that a chunk has grown, it sorts all chunks of the memory context: with the
# states of thousands of groups in one, the square of them. So it is told that one has gone, and that
# one of no length is there. What may be read and is set in the new one is as the server says in any case.
debug_change_source() {
	local source=$debug_dir/source/server/src
	sed -i '/^\t\tAssert(HEAP_XMAX_IS_LOCKED_ONLY(infomask_lock_old_tuple));$/d' "$source/backend/access/heap/heapam.c"
	sed -i '/^#include <valgrind\/memcheck.h>$/r /dev/stdin' "$source/include/utils/memdebug.h" <<-'END'
		#undef VALGRIND_MEMPOOL_CHANGE
		#define VALGRIND_MEMPOOL_CHANGE(context, optr, nptr, size) \
			do { \
				if ((optr) != (nptr)) \
				{ \
					VALGRIND_MEMPOOL_FREE(context, optr); \
					VALGRIND_MEMPOOL_ALLOC(context, nptr, 0); \
				} \
			} while (0)
	END
}

# Debian's makefiles install modules into the directory of the packaged server unless the prefix
# has "postgres" in it; the user that builds could not write there.
debug_build() {
	local prefix=$debug_dir/postgresql
	rm -rf "$debug_dir/build" "$prefix"
	mkdir -p "$debug_dir/build" "$prefix"
	[ "$(id -u)" != 0 ] || chown -R "$(server_user):" "$debug_dir/source" "$debug_dir/build" "$prefix"
	server_as_user "$debug_dir/build" sh -eu -c '
		prefix=$1 jobs=$2 flags=$3
		shift 3
		../source/server/configure --prefix="$prefix" "$@" CFLAGS="$flags"
		make -s -j "$jobs" install
		make -s -C contrib/amcheck install
		make -s -C contrib/postgres_fdw install
	' sh "$prefix" "$(nproc)" "$debug_flags" $debug_configure || return 1
	# pgTAP is SQL, the same for both servers.
	cp /usr/share/postgresql/"$PG_MAJOR"/extension/pgtap* "$("$prefix/bin/pg_config" --sharedir)/extension/"
}

# Sets PG_CONFIG and CXUX_BIN to the server with assertions; server_setup has run. "debug_server
# WHAT" says what it is for.
debug_server() {
	local what
	debug_dir=${CXUX_DEBUG_DIR:-/var/tmp/cxux-debug}/$PG_MAJOR
	mkdir -p "$debug_dir" && debug_install $debug_packages || return 1
	what="$debug_configure $debug_flags $(declare -f debug_change_source | cksum)"
	(
		flock 7
		[ "$(cat "$debug_dir/installed" 2>/dev/null)" != "$what" ] || exit 0
		echo "cxux: building a server with assertions in $debug_dir" >&2
		if ! { debug_source && debug_build; } >"$debug_dir/build.log" 2>&1 7>&-; then
			tail -n 30 "$debug_dir/build.log" >&2
			echo "cxux: no server with assertions for $1, see $debug_dir/build.log" >&2
			exit 1
		fi
		echo "$what" >"$debug_dir/installed"
	) 7>"$debug_dir/lock" || return 1
	PG_CONFIG=$debug_dir/postgresql/bin/pg_config
	setup_find_pg
	# Not to be taken for the build against the packaged server of the same version.
	export CXUX_VARIANT=debug
}

# debug_complaints DIR: prints what the logs of the servers that lie below say of broken assertions,
# memory and sessions that died, but for those that the test of crashes killed in its own server; false
# when they say something.
debug_complaints() {
	! find "$1" -path '*/data/log' -type f -exec grep -aHE "TRAP: |PANIC: |problem in |write past chunk end|reference leak|temporary file leak|shared memory leak|context leak|terminated by signal|Failed process was running" {} + |
		grep -aEv '/tmp/crash/data/log:.*(terminated by signal 9: Killed$|Failed process was running)'
}
