#!/bin/sh
# Builds the matcher without a server and works with it, from the root of the checkout:
#
#     sh test/matching.sh check [CASES [CONSTRUCT SEED]]   compares it with every chain there is
#     sh test/matching.sh sanitized                        the same with fewer cases and sanitizers
#     sh test/matching.sh mutants                          breaks it on purpose: "check" must see it
#     sh test/matching.sh timing [OPTIONS]                 prints what it costs per event; no test
set -eu
cleanup=
if [ -z "${CXUX_TMP:-}" ]; then
	CXUX_TMP=$(mktemp -d)
	cleanup=$CXUX_TMP
fi
work=$CXUX_TMP/matching-$1
trap 'rm -rf "$work" $cleanup' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work"
flags='-std=gnu11 -Wall -Wextra -Werror -ffp-contract=off -Itest/matching/server -Itest/matching'
matcher='match match_trace match_any match_runs pairing'

# Compiles test program $1 and what it needs, with the flags that follow, but not the matcher.
compile_program() {
	program=$1
	shift
	for name in memory brute "$program"; do
		# shellcheck disable=SC2086
		gcc $flags "$@" -Isrc -c -o "$work/$name.o" "test/matching/$name.c"
	done
}

# Compiles the matcher in directory $1, where an object is missing, and links the program with it.
compile_matcher() {
	from=$1
	to=$2
	shift 2
	objects=
	for name in $matcher; do
		# shellcheck disable=SC2086
		[ -e "$to/$name.o" ] || gcc $flags "$@" -I"$from" -c -o "$to/$name.o" "$from/$name.c" || return
		objects="$objects $to/$name.o"
	done
	# shellcheck disable=SC2086
	gcc "$@" -o "$to/$program" "$work/memory.o" "$work/brute.o" "$work/$program.o" $objects
}

# Builds and runs a program with the matcher as it is.
run() {
	options=$1
	shift
	# shellcheck disable=SC2086
	compile_program "$1" $options
	# shellcheck disable=SC2086
	compile_matcher src "$work" $options
	shift
	"$work/$program" "$@"
}

# Makes one mutant: in copies of the sources, the sed script $3 changes files $2; $1 says what it does.
mutants=0
mutant() {
	mutants=$((mutants + 1))
	dir=$work/$mutants
	mkdir "$dir"
	cp -p src/match.h src/matcher.h "$dir"
	for name in $matcher; do
		cp -p "src/$name.c" "$dir"
		# what stays as it is was compiled already
		case " $2" in
			*" $name.c"* | *.h*) ;;
			*) cp -p "$work/$name.o" "$dir" ;;
		esac
	done
	same=
	for file in $2; do
		sed "$3" "src/$file" >"$dir/$file"
		! cmp -s "src/$file" "$dir/$file" || same=$file
	done
	result='not ok'
	if [ -n "$same" ]; then
		echo "# mutant $mutants is not one: $same has nothing to change there"
	elif ! compile_matcher "$dir" "$dir" -O1 -fwrapv -w; then
		echo "# mutant $mutants cannot be compiled"
	elif timeout 60 "$dir/check" 400 stop >"$work/output" 2>&1; then
		echo "# mutant $mutants was not noticed"
	elif ! grep -q '^# expected: ' "$work/output"; then
		echo "# mutant $mutants did not come to a wrong answer:"
		tail -n 3 "$work/output" | sed 's/^/# /'
	else
		result=ok
	fi
	echo "$result $mutants - $1"
}

all_mutants() {
	compile_program check -O2
	compile_matcher src "$work" -O1 -fwrapv
	mutant 'levels from low to high' match.c 's/step = pg_leftmost_one_pos32(left)/step = pg_rightmost_one_pos32(left)/'
	mutant 'keeps the earliest start' match.c 's/^\(\t*\)start\[step + 1\] = start\[step\];/if (!(waiting \& (STEP_BIT(step) << 1))) &/'
	mutant 'keeps the earliest start at an instant' match.c 's/|| start\[step\] < value/|| start[step] > value/'
	mutant 'keeps the earliest start for the next step' match.c 's/carried = carrying ? Max(/carried = carrying ? Min(/'
	mutant 'events at the time of a step lie before it' match.c 's/group.serves & matcher->waiting;/& matcher->waiting \&= ~(matcher->next | group.breaks);/; s/left = group.serves & matcher->waiting; matcher/left = group.serves \& matcher/; s/& matcher->waiting &= ~/\& matcher->waiting \& ~/'
	mutant 'within is exclusive' match.c 's/<= matcher->within/< matcher->within/'
	mutant 'within is exclusive for steps in any order' match_any.c 's/seats->at\[seat\]) > within/seats->at[seat]) >= within/'
	mutant 'within wraps around' matcher.h 's/return (uint64) at - (uint64) before;/return ((uint64) at - (uint64) before) \& PG_INT64_MAX;/'
	mutant 'no limits' 'match.c match_trace.c' 's/<= \(trace->\)\?matcher->limit\[step\]/<= ANY_SPAN/'
	mutant 'no limits on the way back' match_trace.c 's/<= trace->matcher->limit\[step\]/<= ANY_SPAN/'
	mutant 'nothing breaks a link' 'match.c match_trace.c' 's/matcher->next | \(group\.\)\?breaks/matcher->next/'
	mutant 'nothing breaks a link on the way back' match_trace.c 's/matcher->next | breaks/matcher->next/'
	mutant 'next is later' 'match.c match_trace.c' 's/matcher->next | \(\(group\.\)\?breaks\)/\1/'
	mutant 'next is later on the way back' match_trace.c 's/matcher->next | breaks/breaks/'
	mutant 'no step is optional' match.c 's/if (matcher->optional == 0)/if (true)/'
	mutant 'the fewest optional steps' match_trace.c 's/count = pg_leftmost_one_pos32/count = pg_rightmost_one_pos32/'
	mutant 'each step as soon as can be' match_trace.c 's/if (matcher->plain)/if (true)/'
	mutant 'takes the first event at an instant that fits' pairing.c 's/^\(\t*\)reached |= kind->paired;//'
	mutant 'one event at an instant serves several steps' match.c 's/!group.overlap/true/'
	mutant 'one step at an instant' matcher.h 's/return group->size > 1 &&/return false \&\&/'
	mutant 'distinct times need not be' matcher.h 's/ && !matcher->pattern.distinct_times//'
	mutant 'the last to get as deep' match.c 's/step >= matcher->depth/step + 1 >= matcher->depth/'
	mutant 'the last to get as deep, plain' match.c 's/step >= depth/step + 1 >= depth/'
	mutant 'any entry is the first' match.c 's/if (pattern->first_entry)/if (false)/'
	mutant 'the first entry forgets its instant' match.c 's/while (event > events/while (false/'
	mutant 'entries up to the end, inclusive' match.c 's/MatchFirstFrom(event, end, entered_until)/FirstBeyond(event, end, entered_until, 0)/'
	mutant 'entries after the start, exclusive' match.c 's/MatchFirstFrom(event, end, entered_from)/FirstBeyond(event, end, entered_from, 0)/'
	mutant 'any order: replaces the newest' match_any.c 's/seats->at\[other\] < seats->at\[seat\]/seats->at[other] > seats->at[seat]/'
	mutant 'any order: nobody moves' match_any.c 's/ == 0 && fresh != 0/ == 0 \&\& false/'
	mutant 'any order: starts after the end of entries' match_any.c 's/Min(OldestSeated(&seats), entry)/OldestSeated(\&seats)/'
	mutant 'any order: stops at the end of entries' match_any.c 's/else if (MatchSpan(at, entry) > matcher->within)/else/'
	echo "1..$mutants"
}

case $1 in
	check)
		shift
		run '-O2 -g' check "$@"
		;;
	sanitized)
		sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all'
		echo 'int main(void) { return 0; }' >"$work/empty.c"
		# shellcheck disable=SC2086
		gcc $sanitize -o "$work/empty" "$work/empty.c" 2>/dev/null || sanitize=
		run "-O2 -g $sanitize" check 500
		;;
	mutants)
		all_mutants
		;;
	timing)
		shift
		run '-O2 -fPIC' timing "$@"
		;;
esac
