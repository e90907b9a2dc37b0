#!/bin/bash
# Links the objects of the running test server's cxux.so with inject.c, and prints the path of that
# library. It is never installed: tests put its path into the functions of their own database.
set -eu
build=$CXUX_BUILD
work=$(mktemp -d "$CXUX_TMP/faults.XXXXXX")
chmod 711 "$work"
nm -D --undefined-only "$build/cxux.so" | awk '$1 == "U" && $2 !~ /@/ { print $2 }' | sort >"$work/called"
nm -D --defined-only "$CXUX_BIN/postgres" | awk '$2 == "T" { print $3 }' | sort >"$work/server"
grep -v '^#' "$CXUX_ROOT/test/faults/harmless" | sort >"$work/harmless"
comm -12 "$work/called" "$work/server" | comm -23 - "$work/harmless" >"$work/wrapped"
sed 's/.*/WRAP(&)/' "$work/wrapped" >"$work/wrapped.h"
gcc -std=gnu11 -O2 -g -fPIC -Wall -Wextra -Werror -Wno-unused-parameter -isystem "$("$PG_CONFIG" --includedir-server)" \
	-I"$work" -c -o "$work/inject.o" "$CXUX_ROOT/test/faults/inject.c"
gcc -shared -o "$work/cxux.so" "$build"/src/*.o "$work/inject.o" -lm -Wl,-Bsymbolic \
	-Wl,--wrap=InterruptPending -Wl,--wrap=ProcessInterrupts $(sed 's/^/-Wl,--wrap=/' "$work/wrapped")
chmod 755 "$work/cxux.so"
echo "$work/cxux.so"
