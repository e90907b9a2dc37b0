#!/bin/bash
# make matrix: "make test" on PostgreSQL 15, 17 and 18, each in a fresh chroot of the Debian suite
# that has it, made with git, make and gcc only. In each: as an ordinary user, who is told what to
# install; as root, from a checkout nobody else may read; as the ordinary user again.
# Base systems and packages are kept in ${CXUX_MATRIX_DIR:-/var/tmp/cxux-matrix}. Needs root.
# "make matrix SUITES=bookworm" runs one of them.

. "$(dirname "$0")/server.sh"
cd "$CXUX_ROOT"
work=${CXUX_MATRIX_DIR:-/var/tmp/cxux-matrix}
chroot=

if [ "$(id -u)" != 0 ]; then
	echo 'cxux: make matrix needs root' >&2
	exit 1
fi
command -v mmdebstrap >/dev/null || setup_install mmdebstrap ||
	{ setup_apt update && setup_install mmdebstrap; } || exit 1

# Nothing is removed while anything is mounted below it.
clean() {
	local mounted
	[ -n "$chroot" ] || return 0
	cut -d' ' -f2 /proc/mounts | grep "^$chroot/" | sort -r | while read -r mounted; do
		umount "$mounted" || umount -l "$mounted"
	done
	if grep -q " $chroot/" /proc/mounts; then
		echo "cxux: still mounted: $chroot" >&2
		return 1
	fi
	rm -rf --one-file-system "$chroot"
	chroot=
}
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# One run at a time, as they share the packages.
mkdir -p "$work"
exec 8>"$work/lock"
flock 8

# Mirror, proxy and the trust in old lists are those of this machine.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
	sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
if [ -z "$mirror" ]; then
	echo 'cxux: apt knows no Debian mirror: run apt-get update' >&2
	exit 1
fi
apt-config dump | grep -E '^Acquire::(https?::|Check-Valid-Until|Check-Date)' >"$work/apt.conf" || true

# in_chroot USER DIRECTORY COMMAND ...
in_chroot() {
	local user=$1 directory=$2
	shift 2
	env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		CI="${CI:-}" http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
		chroot "$chroot" setpriv --reuid "$user" --regid "$user" --init-groups --reset-env \
		sh -c 'cd "$1" && shift && exec "$@"' sh "$directory" "$@" </dev/null
}

# The files git would see, with the working tree's contents, and the shared data beside them.
copy_checkout() {
	local target=$1
	mkdir -p "$target/cxux"
	git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
		while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
		tar -c --null -T - | tar -x --no-same-owner -C "$target/cxux"
	if [ -d ../shared/data ]; then
		mkdir "$target/shared"
		cp -rL ../shared/data "$target/shared/data"
	fi
}

run_suite() {
	local suite=$1 base=$work/$1.tar archives=$work/$1-archives log=$work/$1 counts_root counts_user hint rest
	rm -f "$log".*.log
	if [ ! -e "$base" ]; then
		mmdebstrap --quiet --variant=minbase --include=git,make,gcc,ca-certificates \
			--aptopt="$work/apt.conf" "$suite" "$work/$suite.new.tar" "$mirror" >"$log.base.log" 2>&1 8>&- || {
			tail -n 20 "$log.base.log" >&2
			echo "cxux: no base system for $suite" >&2
			return 1
		}
		mv "$work/$suite.new.tar" "$base"
	fi
	chroot=$(mktemp -d "$work/$suite.XXXXXX")
	chmod 755 "$chroot" &&
		tar -x -C "$chroot" --numeric-owner -f "$base" &&
		cp -L /etc/resolv.conf "$chroot/etc/resolv.conf" &&
		mkdir -p "$archives" "$chroot/dev/shm" &&
		mount -t proc proc "$chroot/proc" &&
		mount -t tmpfs -o mode=1777 tmpfs "$chroot/dev/shm" &&
		mount --bind "$archives" "$chroot/var/cache/apt/archives" &&
		chroot "$chroot" useradd --create-home tester || return 1
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

failed=
for suite in ${SUITES:-bookworm trixie forky}; do
	run_suite "$suite" || { failed=1 && clean; }
done
[ -z "$failed" ]
