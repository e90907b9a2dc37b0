#!/bin/sh
# Compiles one test program with the statistics layer alone, without any PostgreSQL header, and
# runs it from the root of the checkout.
set -eu
sources=$(awk '/^STATISTICS *=/ { on = 1; sub(/.*= */, "") } on { print } on && !/\\$/ { exit }' Makefile |
	tr -s '\\\t\n ' '\n' | sed '/./!d; s,.*,src/&.c,')
program=$CXUX_TMP/$(echo "$1" | tr / -).program
sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all'
echo 'int main(void) { return 0; }' | gcc $sanitize -x c -o "$program" - 2>/dev/null || sanitize=
gcc -O2 -g -Wall -Wextra -Werror -ffp-contract=off $sanitize -Isrc -o "$program" "$1" $sources -lm
exec "$program"
