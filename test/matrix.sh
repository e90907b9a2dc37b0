#!/bin/bash
# make matrix: "make test" on PostgreSQL 15, 17 and 18, each in a fresh chroot of the Debian suite
# that has it, made with git, make and gcc only, and on a candidate where experimental has one. In each:
# as an ordinary user, who is told what to install; as root, from a checkout nobody else may read; as the
# ordinary user again.
# Needs root (see chroot.sh).
# "make matrix SUITES=bookworm" runs one of them.

CHROOT_FOR=matrix
. "$(dirname "$0")/chroot.sh"

run_suite() {
	local suite=$1 log=$work/$1 counts_root counts_user hint rest
	rm -f "$log".*.log
	open_chroot "$suite" || return 1
	if [ "$suite" = experimental ]; then
		lend_pgtap >"$log.pgtap.log" 2>&1 || {
			tail -n 20 "$log.pgtap.log" >&2
			return 1
		}
	fi
	copy_checkout "$chroot/root/work"
	copy_checkout "$chroot/home/tester"
	chroot "$chroot" chown -R tester: /home/tester
	chmod 700 "$chroot/root" "$chroot/home/tester"

	in_chroot tester /home/tester/cxux make test >"$log.hint.log" 2>&1 || true
	hint=$(grep -c '^cxux: please install: apt-get install ' "$log.hint.log") || true
	in_chroot root /root/work/cxux make test >"$log.root.log" 2>&1 || failed=1
	in_chroot tester /home/tester/cxux make test >"$log.user.log" 2>&1 || failed=1
	counts_root=$(counts "$log.root.log")
	counts_user=$(counts "$log.user.log")
	echo "PostgreSQL $(ls "$chroot/usr/lib/postgresql" 2>/dev/null | xargs) ($suite):" \
		"root: $counts_root; ordinary user: $counts_user"
	if [ "$hint" != 1 ]; then
		failed=1
		echo "cxux: an ordinary user was not told what to install, see $log.hint.log" >&2
	fi
	rest=$(
		ls -d "$chroot"/tmp/cxux.* "$chroot"/var/lib/postgresql/* 2>/dev/null
		ls -l /proc/[0-9]*/root 2>/dev/null | grep " $chroot\$"
	) || true
	if [ -n "$rest" ]; then
		failed=1
		echo "cxux: left behind in $suite: $rest" >&2
	fi
	clean
}

counts() {
	grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$1" | tail -n 1 | grep . || {
		echo "no result, see $1"
		tail -n 20 "$1" >&2
	}
}

# Whether there is a PostgreSQL in experimental.
experimental_has_one() {
	local helper=/usr/lib/apt/apt-helper packages=$work/experimental.Packages.xz
	rm -f "$packages"
	"$helper" download-file "${mirror%/}/dists/experimental/main/binary-$(dpkg --print-architecture)/Packages.xz" \
		"$packages" >"$work/experimental.list.log" 2>&1 &&
		"$helper" cat-file "$packages" | grep -q '^Package: postgresql-server-dev-[0-9]'
}

# A candidate has no pgTAP of its own yet: that of the release before does, as it is SQL alone.
lend_pgtap() {
	in_chroot root /tmp sh -ec '
		newest() { apt-cache pkgnames postgresql- | sed -n "s/^postgresql-$1$/\1/p" | sort -n | tail -n 1; }
		apt-get -qq update
		candidate=$(newest "server-dev-\([0-9]*\)")
		release=$(newest "\([0-9]*\)-pgtap")
		[ "$release" != "$candidate" ] || exit 0
		apt-get -qq download "postgresql-$release-pgtap"
		dpkg -x postgresql-*-pgtap_*.deb pgtap
		mkdir -p "/usr/share/postgresql/$candidate"
		mv "pgtap/usr/share/postgresql/$release/extension" "/usr/share/postgresql/$candidate/"
		rm -r pgtap postgresql-*-pgtap_*.deb'
}

failed=
for suite in ${SUITES:-bookworm trixie forky experimental}; do
	if [ "$suite" = experimental ] && ! experimental_has_one; then
		echo "skipped: experimental: no PostgreSQL is there, see $work/experimental.list.log"
		continue
	fi
	run_suite "$suite" || { failed=1 && clean; }
done
[ -z "$failed" ]
