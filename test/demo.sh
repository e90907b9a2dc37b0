#!/bin/bash
# make demo: demo/run.sh on a private server that stays until make demo-clean; a second make demo
# starts anew. The server's directory is noted in .demo/directory, and the page is report.html.
. "$(dirname "$0")/server.sh"
cd "$CXUX_ROOT"
[ "${1:-demo}" = demo ] || [ -d .demo ] || exit 0
server_setup demo

clean() {
	local dir
	[ -d .demo ] || return 0
	if dir=$(cat .demo/directory 2>/dev/null) && [ -d "$dir" ]; then
		server_stop "$dir"
	fi
	rm -rf .demo report.html
}

clean
[ "${1:-demo}" = demo ] || exit 0

mkdir .demo
dir=$(server_new_dir)
echo "$dir" >.demo/directory
trap 'status=$?; [ "$status" = 0 ] || clean' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
conf=$CXUX_ROOT/demo/postgresql.conf
[ -e "$conf" ] || conf=
server_start "$dir" "$conf"
bash demo/run.sh demo "$CXUX_ROOT/report.html"
echo "The server runs until \"make demo-clean\". To look around:"
echo "    $CXUX_BIN/psql -h $PGHOST -U postgres -d demo"
