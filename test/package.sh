#!/bin/bash
# make package: Debian packages for the PostgreSQL of each suite, built in a fresh chroot, then
# installed in another one, where they make the extension and pass their own tests (autopkgtest).
# They are left in packages/. Needs root (see chroot.sh); "make package SUITES=bookworm" builds for one.

CHROOT_FOR=package
. "$(dirname "$0")/chroot.sh"
packages=$CXUX_ROOT/packages
quietly=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)

# Runs a step, whose output goes to a log, and shows the end of that where it fails.
step() {
	local log=$1
	shift
	"$@" >>"$log" 2>&1 || {
		tail -n 30 "$log" >&2
		echo "cxux: failed: $* (see $log)" >&2
		return 1
	}
}

build_packages() {
	local suite=$1 log=$work/$1.build.log
	: >"$log"
	open_chroot "$suite" && copy_checkout "$chroot/home/tester" || return 1
	chroot "$chroot" chown -R tester: /home/tester
	step "$log" in_chroot root / "${quietly[@]}" update &&
		step "$log" in_chroot root / "${quietly[@]}" install --no-install-recommends \
			build-essential debhelper fakeroot postgresql-all &&
		step "$log" in_chroot tester /home/tester/cxux pg_buildext updatecontrol &&
		step "$log" in_chroot tester /home/tester/cxux dpkg-buildpackage -us -uc -b || return 1
	rm -rf "$packages/$suite" && mkdir -p "$packages/$suite" &&
		cp "$chroot"/home/tester/*.deb "$packages/$suite/" || return 1
	clean
}

# No compiler and no headers are installed, but those of the base system.
install_packages() {
	local suite=$1 log=$work/$1.install.log said
	: >"$log"
	open_chroot "$suite" && copy_checkout "$chroot/home/tester" || return 1
	cp "$packages/$suite"/postgresql-*-cxux_*.deb "$chroot/home/tester/" &&
		chroot "$chroot" chown -R tester: /home/tester || return 1
	step "$log" in_chroot root / "${quietly[@]}" update &&
		step "$log" in_chroot root /home/tester sh -c 'exec "$@" ./*.deb' sh "${quietly[@]}" install --no-install-recommends ||
		return 1
	said=$(in_chroot tester /home/tester pg_virtualenv psql -X -q -A -t -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION cxux' \
		-c "SELECT 'NPS ' || score(nps(answer)) FROM unnest('{10,9,8,3}'::int[]) AS answer" 2>>"$log") || true
	echo "$suite: $(cd "$packages/$suite" && ls postgresql-*-cxux_*.deb | xargs): installed, $(echo "$said" | grep '^NPS')"
	grep -qx 'NPS 25' <<<"$said" || return 1
	step "$log" in_chroot root / "${quietly[@]}" install --no-install-recommends autopkgtest &&
		step "$log" in_chroot root /home/tester sh -c 'exec autopkgtest --user tester -B ./*.deb ./cxux/ -- null' || return 1
	echo "$suite: autopkgtest: $(grep -E '^(autopkgtest \[.*\]: )?.*installcheck +(PASS|FAIL)' "$log" | tail -n 1)"
	clean
}

failed=
for suite in ${SUITES:-bookworm trixie forky}; do
	build_packages "$suite" && install_packages "$suite" || { failed=1 && clean; }
done
[ -z "$failed" ]
