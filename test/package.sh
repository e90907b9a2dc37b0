#!/bin/bash
# make package: Debian packages for the PostgreSQL of each suite, built and looked at by lintian in a
# fresh chroot, then installed in another one, where they make the extension and pass their own tests
# (autopkgtest). The archive of "make dist" is installed by the client of PGXN in a third one.
# All are left in packages/. Needs root (see chroot.sh); "make package SUITES=bookworm" does it for one.

CHROOT_FOR=package
. "$(dirname "$0")/chroot.sh"
packages=$CXUX_ROOT/packages
checkout=$work/checkout
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
	# The packages are tested with the files that they were built from.
	rm -rf "$checkout" && copy_checkout "$checkout" && open_chroot "$suite" &&
		cp -a "$checkout/." "$chroot/home/tester/" || return 1
	chroot "$chroot" chown -R tester: /home/tester
	step "$log" in_chroot root / "${quietly[@]}" update &&
		step "$log" in_chroot root / "${quietly[@]}" install --no-install-recommends \
			build-essential debhelper fakeroot postgresql-all &&
		step "$log" in_chroot tester /home/tester/cxux pg_buildext updatecontrol &&
		step "$log" in_chroot tester /home/tester/cxux dpkg-buildpackage -us -uc -b || return 1
	# The package is not meant for Debian's own archive, where it would close a bug.
	step "$log" in_chroot root / "${quietly[@]}" install --no-install-recommends lintian &&
		step "$log" in_chroot tester /home/tester sh -c 'exec lintian --fail-on error,warning \
			--suppress-tags initial-upload-closes-no-bugs *.changes' || return 1
	echo "$suite: lintian: no error, no warning"
	rm -rf "$packages/$suite" && mkdir -p "$packages/$suite" &&
		cp "$chroot"/home/tester/*.deb "$packages/$suite/" || return 1
	clean
}

# Prints the score of four answers, asked of a fresh cluster.
ask_nps() {
	in_chroot tester /home/tester pg_virtualenv psql -X -q -A -t -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION cxux' \
		-c "SELECT 'NPS ' || score(nps(answer)) FROM unnest('{10,9,8,3}'::int[]) AS answer" 2>>"$1" | grep '^NPS'
}

# No compiler and no headers are installed, but those of the base system.
install_packages() {
	local suite=$1 log=$work/$1.install.log said
	: >"$log"
	open_chroot "$suite" && cp -a "$checkout/." "$chroot/home/tester/" || return 1
	cp "$packages/$suite"/postgresql-*-cxux_*.deb "$chroot/home/tester/" &&
		chroot "$chroot" chown -R tester: /home/tester || return 1
	step "$log" in_chroot root / "${quietly[@]}" update &&
		step "$log" in_chroot root /home/tester sh -c 'exec "$@" ./*.deb' sh "${quietly[@]}" install --no-install-recommends ||
		return 1
	said=$(ask_nps "$log") || true
	echo "$suite: $(cd "$packages/$suite" && ls postgresql-*-cxux_*.deb | xargs): installed, $said"
	[ "$said" = 'NPS 25' ] || return 1
	step "$log" in_chroot root / "${quietly[@]}" install --no-install-recommends autopkgtest &&
		step "$log" in_chroot root /home/tester sh -c 'exec autopkgtest --user tester -B ./*.deb ./cxux/ -- null' || return 1
	echo "$suite: autopkgtest: $(grep -E '^(autopkgtest \[.*\]: )?.*installcheck +(PASS|FAIL)' "$log" | tail -n 1)"
	clean
}

install_archive() {
	local suite=$1 log=$work/$1.archive.log archive said
	: >"$log"
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' step "$log" make -s dist || return 1
	archive=$(ls -t cxux-*.zip | head -n 1)
	mv "$archive" "$packages/$archive" && open_chroot "$suite" &&
		cp "$packages/$archive" "$chroot/home/tester/" || return 1
	step "$log" in_chroot root / "${quietly[@]}" update &&
		step "$log" in_chroot root / "${quietly[@]}" install --no-install-recommends \
			pgxnclient postgresql postgresql-server-dev-all &&
		step "$log" in_chroot root /home/tester pgxn install --nosudo "./$archive" || return 1
	said=$(ask_nps "$log") || true
	echo "$suite: $archive: installed by pgxnclient, $said"
	[ "$said" = 'NPS 25' ] || return 1
	clean
}

failed=
for suite in ${SUITES:-bookworm trixie forky}; do
	build_packages "$suite" && install_packages "$suite" && install_archive "$suite" || { failed=1 && clean; }
done
[ -z "$failed" ]
