# Sourced by matrix.sh and package.sh, which set CHROOT_FOR: fresh chroots of Debian suites, made with
# git, make and gcc only. Base systems and packages are kept in
# ${CXUX_MATRIX_DIR:-/var/tmp/cxux-matrix}. Needs root.

. "$(dirname "${BASH_SOURCE[0]}")/server.sh"
cd "$CXUX_ROOT"
work=${CXUX_MATRIX_DIR:-/var/tmp/cxux-matrix}
chroot=

if [ "$(id -u)" != 0 ]; then
	echo "cxux: make $CHROOT_FOR needs root" >&2
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

# Makes a fresh chroot of a suite, with a user "tester", and sets chroot. The suite "experimental" is sid
# with the PostgreSQL of experimental, and all that is made of its sources.
open_chroot() {
	local suite=$1 base=$work/$1.tar archives=$work/$1-archives log=$work/$1 sources=("$1" "$mirror")
	if [ "$suite" = experimental ]; then
		sources=(sid "$mirror" "deb $mirror experimental main"
			--customize-hook='printf "%s\n" "Package: src:postgresql-*" "Pin: release a=experimental" \
				"Pin-Priority: 600" >"$1/etc/apt/preferences.d/postgresql"')
	fi
	if [ ! -e "$base" ]; then
		mmdebstrap --quiet --variant=minbase --include=git,make,gcc,ca-certificates \
			--aptopt="$work/apt.conf" "${sources[0]}" "$work/$suite.new.tar" "${sources[@]:1}" \
			>"$log.base.log" 2>&1 8>&- || {
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
}
