#!/bin/bash
# make fuzz: arbitrary bytes for the pattern parser, the text and the binary forms of all types and
# the matcher, guided by coverage (libFuzzer of clang), under AddressSanitizer and
# UndefinedBehaviorSanitizer; ends with 1 when something was found.
#
#     bash test/fuzz.sh [pattern text binary matcher]
#
#     FUZZ_ONLY="..."      these alone, for make fuzz
#     FUZZ_SECONDS=1200    so long each
#     FUZZ_JOBS=2          so many at once
#     FUZZ_KEEP=           1: what was learned goes into test/fuzz/corpus, minimised
#     FUZZ_CLANG=14        which clang
#
# pattern, text and binary run inside a server of their own without clients (postgres --single),
# which loads the instrumented extension; see test/fuzz/server.c. The matcher needs no server. What
# was found, and the coverage by lines, lie in .build/fuzz afterwards. "make test" replays the cases
# of test/fuzz/corpus and test/fuzz/findings without clang (test/fuzz.pl): lines of hexadecimal
# digits, where a finding stays for ever, with a line above it that says what it was.
. "$(dirname "$0")/server.sh"
server_setup test
cd "$CXUX_ROOT"
seconds=${FUZZ_SECONDS:-1200}
version=${FUZZ_CLANG:-14}
harnesses=${*:-${FUZZ_ONLY:-pattern text binary matcher}}

clang=clang-$version
packages="clang-$version libclang-rt-$version-dev llvm-$version"
usable() {
	local runtime machine
	machine=$(uname -m)
	runtime=$("$clang" -print-runtime-dir 2>/dev/null) || return 1
	fuzzer=$runtime/libclang_rt.fuzzer_no_main-$machine.a
	asan=$runtime/libclang_rt.asan-$machine.so
	[ -e "$fuzzer" ] && [ -e "$asan" ] && command -v "llvm-cov-$version" >/dev/null
}
if ! usable; then
	! setup_may_install || {
		echo "cxux: installing $packages" >&2
		setup_install $packages || { setup_apt update && setup_install $packages; } || true
	}
	usable || {
		echo "cxux: please install: apt-get install $packages" >&2
		exit 1
	}
fi

umask 022
dir=$(server_new_dir)
export CXUX_TMP=$dir LC_ALL=C.UTF-8
trap 'kill $(jobs -p) 2>/dev/null || true; wait || true; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
keep=$CXUX_ROOT/.build/fuzz
mkdir -p "$keep"

# Arithmetic must not rely on wrapping, either: no -fwrapv.
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:handle_abort=0:detect_odr_violation=0
export UBSAN_OPTIONS=print_stacktrace=1
basic='-std=gnu11 -g -fPIC -ffp-contract=off -fno-strict-aliasing -fno-omit-frame-pointer -Wno-ignored-attributes'
sanitized='-O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined'
covered='-O1 -fprofile-instr-generate -fcoverage-mapping'
matcher='match match_trace match_any match_runs pairing'

# Builds the extension with the harnesses in it, with flags $2, and installs it into $dir/$1; $3: only
# the extension has these flags, $4: only the harnesses, $5: and what is linked with them.
build_extension() {
	local build=$keep/$1-$PG_MAJOR name file objects=
	mkdir -p "$build/src"
	for file in Makefile cxux.control src/*.[ch] src/*.sql test/fuzz/*.[ch]; do
		name=$build/${file#test/fuzz/}
		cmp -s "$file" "$name" || cp "$file" "$name"
	done
	for name in server types chunks; do
		"$clang" $basic $2 $4 -isystem "$("$PG_CONFIG" --includedir-server)" -Isrc -c -o "$build/$name.o" "test/fuzz/$name.c"
		objects="$objects $name.o"
	done
	# The harnesses' objects are no prerequisites of the library.
	rm -f "$build/cxux.so"
	make -s -C "$build" -j 2 install with_llvm=no WERROR= DESTDIR="$dir/$1" PG_CONFIG="$PG_CONFIG" CC="$clang" LDFLAGS= \
		CFLAGS="$basic $2 $3" SHLIB_LINK="$objects $5 -lm -Wl,-Bsymbolic" >"$build/log" 2>&1 || {
		tail -n 30 "$build/log" >&2
		return 1
	}
}

# Builds the harness of the matcher as $dir/$1: the matcher with flags $2 and $3, the slow other ways
# without them and with $4, linked with $2 and $5.
build_matcher() {
	local name objects= include='-Itest/matching/server -Itest/matching -Isrc'
	mkdir -p "$dir/$1.objects"
	for name in $matcher; do
		"$clang" $basic $include $2 $3 -c -o "$dir/$1.objects/$name.o" "src/$name.c"
		objects="$objects $dir/$1.objects/$name.o"
	done
	for name in fuzz/matcher matching/brute matching/memory; do
		"$clang" $basic $include -O2 $4 -c -o "$dir/$1.objects/${name#*/}-slow.o" "test/$name.c"
		objects="$objects $dir/$1.objects/${name#*/}-slow.o"
	done
	"$clang" $2 $5 -o "$dir/$1" $objects
}

# The runtime of the sanitizers, for a server that is not linked with it.
build_preload() {
	"$clang" -shared -fPIC -Wl,-z,initfirst -o "$dir/first.so" test/fuzz/first.c
	preload=$asan:$dir/first.so
}

# Runs statements, one a line, in the server without clients of $1, with $2 preloaded.
single() {
	server_as_user "$1" env LD_PRELOAD="$2" "$CXUX_BIN/postgres" --single -D "$1/data" postgres
}

# Makes a cluster in $1 with the extension of $2; $3 is preloaded.
cluster() {
	mkdir -p "$1/data" "$1/found"
	chmod 711 "$1"
	chmod 700 "$1/data"
	[ "$(id -u)" != 0 ] || chown -R "$(server_user):" "$1"
	server_as_user "$1" "$CXUX_BIN/initdb" -D "$1/data" -U postgres -E UTF8 --locale=C --no-sync >"$1/log" 2>&1 || {
		cat "$1/log" >&2
		return 1
	}
	{
		echo "fsync = off"
		echo "timezone = 'UTC'"
		server_extension_settings "$1" "$dir/$2"
	} >>"$1/data/postgresql.conf"
	{
		echo "CREATE EXTENSION cxux"
		echo "CREATE FUNCTION fuzz_replay(text, bytea) RETURNS boolean STRICT LANGUAGE c AS '\$libdir/cxux'"
		[ "$2" != fuzzed ] ||
			echo "CREATE FUNCTION fuzz_run(text, text[]) RETURNS integer STRICT LANGUAGE c AS '\$libdir/cxux'"
	} | single "$1" "$3" >>"$1/log" 2>&1
	! grep -q 'ERROR:\|FATAL:' "$1/log" || {
		cat "$1/log" >&2
		return 1
	}
}

# Cases as files in directory $1, of all lines of hexadecimal digits of some files; and back.
unpack_cases() {
	mkdir -p "$1"
	perl -e 'my $to = shift; for my $file (grep -e, @ARGV) { open my $in, "<", $file or die $!; while (<$in>) { next if /^#/; chomp; open my $out, ">", sprintf "%s/%05d", $to, ++$n or die $!; print $out pack "H*", $_ } }' "$@"
}
pack_cases() {
	perl -e 'local $/; for (glob "$ARGV[0]/*") { open my $in, "<", $_ or die $!; push @lines, unpack "H*", <$in> } print map { "$_\n" } grep { length } sort { length $a <=> length $b || $a cmp $b } @lines' "$1"
}

# Runs the fuzzer of a harness with arguments.
run_fuzzer() {
	local name=$1 at=$dir/$1
	shift
	if [ "$name" = matcher ]; then
		"$dir/fuzzed-matcher" "$@"
	else
		echo "SELECT fuzz_run('$name', '{$(printf '%s,' "$at/again" "$@" | sed 's/,$//')}')" | single "$at" "$preload"
	fi
}

# Fuzzes one harness; its words are in $dir/NAME/words.
fuzz() {
	local name=$1 at=$dir/$1 longest=2048 status=0 dictionary= by
	[ "$name" != matcher ] || longest=160
	mkdir -p "$at/corpus" "$at/found" "$at/kept"
	unpack_cases "$at/corpus" "test/fuzz/corpus/$name.hex" "test/fuzz/findings/$name.hex"
	if [ -e "test/fuzz/$name.dict" ]; then
		cp "test/fuzz/$name.dict" "$at/dict"
		dictionary=-dict=$at/dict
	fi
	if [ "$name" != matcher ]; then
		cluster "$at" fuzzed "$preload" || return 1
		# How the fuzzer starts itself to minimise a corpus: in a second cluster.
		cp -a "$at/data" "$at/again.data"
		cat >"$at/again" <<-END
			#!/bin/bash
			echo "SELECT fuzz_run('$name', '{\$(printf '%s,' "\$0" "\$@" | sed 's/,\$//')}')" |
				"$CXUX_BIN/postgres" --single -D "$at/again.data" postgres
		END
		chmod 755 "$at/again"
		[ "$(id -u)" != 0 ] || chown -R "$(server_user):" "$at"
	fi
	run_fuzzer "$name" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=3000 -malloc_limit_mb=1100 -max_len="$longest" \
		-entropic=0 -use_value_profile=1 -print_final_stats=1 -artifact_prefix="$at/found/" $dictionary "$at/corpus" >"$at/words" 2>&1 || status=$?
	grep -q '^stat::number_of_executed_units' "$at/words" && [ -z "$(ls "$at/found")" ] || status=1
	if [ "$status" != 0 ]; then
		cp "$at/words" "$keep/$name.words"
		cp "$at/found"/* "$keep" 2>/dev/null || true
		touch "$at/failed"
		return
	fi
	if [ -n "${FUZZ_KEEP:-}" ]; then
		# Coverage is enough, but for the matcher: by the values that it compares the cases notice every
		# mutant of test/matching.sh.
		[ "$name" != matcher ] && by=-use_counters=0 || by=-use_value_profile=1
		run_fuzzer "$name" -merge=1 "$by" -max_len="$longest" "$at/kept" "$at/corpus" >"$at/merge" 2>&1 || true
		if [ -z "$(ls "$at/kept")" ]; then
			tail -n 20 "$at/merge"
			touch "$at/failed"
			return
		fi
		pack_cases "$at/kept" >"test/fuzz/corpus/$name.hex"
	fi
}

# Tells the coverage of the corpus of a harness by lines, in $keep/coverage-NAME.
tell_coverage() {
	local name=$1 at=$dir/$1-covered object sources file
	mkdir -p "$at"
	if [ "$name" = matcher ]; then
		sources=$(printf "$PWD/src/%s.c " $matcher)
		object=$dir/covered-matcher
		pack_cases "$dir/$name/corpus" >"$at/cases"
		LLVM_PROFILE_FILE=$at/profile "$object" "$at/cases" >"$at/words"
	else
		sources=$(printf "$keep/covered-$PG_MAJOR/src/%s.c " pattern_parse pattern_type pattern pattern_compile span)
		[ "$name" = pattern ] ||
			sources=$(grep -lE '_(in|recv)\(PG_FUNCTION_ARGS' "$keep/covered-$PG_MAJOR"/src/*.c)\ $(ls "$keep/covered-$PG_MAJOR"/src/{json_input,tally,packed_counts,instant,calendar}.c)
		object=$keep/covered-$PG_MAJOR/cxux.so
		cluster "$at" covered "" || return 1
		pack_cases "$dir/$name/corpus" >"$at/cases"
		printf '%s\n' 'CREATE TABLE cases (digits text)' "COPY cases FROM '$at/cases'" \
			"SELECT count(*) FROM cases WHERE fuzz_replay('$name', decode(digits, 'hex'))" |
			LLVM_PROFILE_FILE=$at/data/profile single "$at" "" >"$at/words" 2>&1
		cp "$at/data/profile" "$at/profile"
	fi
	"llvm-profdata-$version" merge -o "$at/merged" "$at/profile"
	"llvm-cov-$version" report "$object" -instr-profile="$at/merged" >"$keep/coverage-$name"
	"llvm-cov-$version" report "$object" -instr-profile="$at/merged" $sources >"$at/lines"
	awk '/\.c / || /^TOTAL/ { printf "    %5s lines of %5d  %s\n", $10, $8, $1 }' "$at/lines"
}

case " $harnesses " in
*' pattern '* | *' text '* | *' binary '*)
	build_preload
	wrap=
	# see test/fuzz/chunks.c
	[ "$PG_MAJOR" -ge 16 ] || wrap=-Wl,--wrap=AllocSetContextCreateInternal
	build_extension fuzzed "$sanitized" -fsanitize=fuzzer-no-link '-DCXUX_WITHIN -DCXUX_LIBFUZZER' "$wrap $fuzzer -lstdc++ -lpthread"
	;;
esac
case " $harnesses " in
*' matcher '*)
	build_matcher fuzzed-matcher "$sanitized" -fsanitize=fuzzer-no-link -DCXUX_LIBFUZZER -fsanitize=fuzzer
	;;
esac

for name in $harnesses; do
	while [ "$(jobs -rp | wc -l)" -ge "${FUZZ_JOBS:-2}" ]; do
		wait -n || true
	done
	fuzz "$name" || touch "$dir/$name/failed" &
done
wait

# Only now, as it takes time, too.
case " $harnesses " in
*' pattern '* | *' text '* | *' binary '*) build_extension covered "$covered" '' -DCXUX_WITHIN '' ;;
esac
case " $harnesses " in
*' matcher '*) build_matcher covered-matcher "$covered" '' '' '' ;;
esac

status=0
for name in $harnesses; do
	echo "$name"
	if [ -e "$dir/$name/failed" ]; then
		status=1
		tail -n 40 "$dir/$name/words"
		echo "    found something: $(cd "$dir/$name/found" && ls | sed "s,^,$keep/," | xargs)"
		continue
	fi
	grep '^Done\|^stat::average\|^stat::number\|^values:' "$dir/$name/words" | sed 's/^/    /'
	grep 'cov:' "$dir/$name/words" | tail -n 1 | sed 's/^/    /'
	tell_coverage "$name" || status=1
done
exit "$status"
