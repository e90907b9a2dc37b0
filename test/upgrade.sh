#!/bin/bash
# make upgrade-matrix: stored summaries and journeys, with their indexes, go from PostgreSQL 15 to 17
# and 18, by pg_upgrade and by dump and restore, and from cxux 1.0.0 to the newest, and answer as before.
# The servers of the older Debian suites run in a chroot of the newest (see chroot.sh; needs root), with
# those of their libraries that it does not have. What is done there is in upgrade/steps.sh.

CHROOT_FOR=upgrade-matrix
. "$(dirname "$0")/chroot.sh"

# What the packages of chroot.sh's suites are installed with.
suite_apt() {
	in_chroot root / env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@"
}

# Keeps a suite's server, its headers and the libraries it is linked with, but those of glibc.
keep_server() {
	local suite=$1 major=$2
	[ ! -e "$work/$suite-server.tar" ] || return 0
	open_chroot "$suite" || return 1
	{
		suite_apt update
		printf '#!/bin/sh\nexit 101\n' >"$chroot/usr/sbin/policy-rc.d"
		chmod 755 "$chroot/usr/sbin/policy-rc.d"
		suite_apt install --no-install-recommends "postgresql-$major"
		in_chroot root /tmp apt-get -qq download "postgresql-server-dev-$major" libpq-dev
		in_chroot root /tmp sh -c 'for file in *.deb; do dpkg -x "$file" /; done'
		chroot "$chroot" sh -c "find /usr/lib/postgresql/$major -type f \( -name '*.so' -o -perm /111 \) -exec ldd {} + 2>/dev/null" |
			awk '$3 ~ /^\// { print $3 }' | sort -u |
			grep -vE '/(libc|libm|libdl|librt|libpthread|libresolv|ld-linux[^/]*)\.so' |
			while read -r library; do chroot "$chroot" realpath "$library" && echo "$library"; done |
			sed 's|^/||' | sort -u >"$work/$suite.libraries"
		tar -c -C "$chroot" -f "$work/$suite-server.new.tar" --ignore-failed-read "usr/lib/postgresql/$major" \
			"usr/share/postgresql/$major" "usr/include/postgresql/$major" -T "$work/$suite.libraries"
		mv "$work/$suite-server.new.tar" "$work/$suite-server.tar"
	} >"$work/$suite.server.log" 2>&1 || {
		tail -n 20 "$work/$suite.server.log" >&2
		echo "cxux: no server of $suite" >&2
		return 1
	}
	clean
}

# Puts it into the chroot that is open: libraries in a directory that is looked at last.
borrow_server() {
	local suite=$1 major=$2 borrowed=$chroot/opt/$1
	mkdir -p "$borrowed" "$chroot/usr/lib/postgresql" "$chroot/usr/share/postgresql" "$chroot/usr/include/postgresql"
	tar -x -C "$borrowed" -f "$work/$suite-server.tar"
	for directory in lib share include; do
		mv "$borrowed/usr/$directory/postgresql/$major" "$chroot/usr/$directory/postgresql/$major"
	done
	find "$borrowed" -type f -name '*.so*' | while read -r library; do
		soname=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
		chroot "$chroot" ldconfig -p | grep -qF "	$soname " || cp "$library" "$chroot/usr/local/lib/$soname"
	done
	chroot "$chroot" ldconfig
}

log=$work/upgrade.log
keep_server bookworm 15
keep_server trixie 17
open_chroot forky
copy_checkout "$chroot/root/work"
{
	suite_apt update
	printf '#!/bin/sh\nexit 101\n' >"$chroot/usr/sbin/policy-rc.d"
	chmod 755 "$chroot/usr/sbin/policy-rc.d"
	suite_apt install --no-install-recommends postgresql-18 postgresql-server-dev-18
	borrow_server bookworm 15
	borrow_server trixie 17
} >"$log" 2>&1 || {
	tail -n 20 "$log" >&2
	exit 1
}
in_chroot root /root/work/cxux bash test/upgrade/steps.sh 15 17 18
