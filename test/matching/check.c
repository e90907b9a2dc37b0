/*
 * check.c
 *		Compares the matcher with every chain there is, on random patterns and events, in TAP.
 *
 * test/matching.sh builds and runs it.  Arguments: the cases of each construct that must have a
 * depth between none and all steps; then "stop" to stop at the first difference, or the construct
 * and the seed that a failure printed, to repeat it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "brute.h"
#include "memory.h"
#include "random.h"
#include "../report.h"

/* what a pattern may have, beside steps that come one after the other */
enum
{
	WITHIN = 1,
	OPTIONAL = 2,
	NEXT = 4,
	WITHOUT = 8,
	LIMITS = 16,
	DISTINCT = 32,
	FIRST = 64,
	ENTERED = 128,
	ANY = 256,
	LONG = 512 /* many events, see brute.c */
};

static const char *const names[] = {"within",   "optional", "next",    "without",   "limits",
									"distinct", "first",    "entered", "any order", "long"};

#define NAMES ((int) (sizeof(names) / sizeof(names[0])))
#define IN_ORDER (WITHIN | OPTIONAL | NEXT | WITHOUT | LIMITS | DISTINCT | FIRST | ENTERED)
#define FREE_ORDER (WITHIN | DISTINCT | FIRST | ENTERED | ANY)

/* how names go with steps, in whatever is compared */
static const char *const set_kinds[] = {"a name of several steps", "a step of several names",
										"a step of any event, *"};

#define SET_KINDS ((int) (sizeof(set_kinds) / sizeof(set_kinds[0])))

#define MAX_STEPS 5
#define MAX_CODES 4
#define SMALL_EVENTS 7
#define PROBLEMS 4 /* lists of events for one pattern */
#define MAX_CASES_PER_COUNTED 40
#define MIN_TIES 0.2
#define BIG_EVENTS 1000000
#define BIG_SECONDS 1.0

static int64 set_cases[SET_KINDS], set_ties[SET_KINDS]; /* with a depth between none and all */

/* Return a random number from 0 to n - 1 */
static int
Below(int n)
{
	return (int) (Random() % (uint64_t) n);
}

/* Return a random time, so that several are equal or near each other */
static int64
RandomTime(int kind, int range)
{
	int t = Below(range);

	switch (kind)
	{
		case 0:
			return t - range / 2;
		case 1:
			return INT64_MIN + t;
		case 2:
			return INT64_MAX - t;
		case 3:
			return (t < range / 2) ? INT64_MIN + t : INT64_MAX - (range - 1 - t);
		default:
			return INT64_C(-80000000000000) + t * INT64_C(40000000000000);
	}
}

/* Return how far two of the events lie apart, or one more or less */
static int64
RandomSpan(const MatchEvent *events, int64 count)
{
	int64 a = events[Below((int) count)].at, b = events[Below((int) count)].at;
	__int128 span = ((a < b) ? (__int128) b - a : (__int128) a - b) + Below(3) - 1;

	if (span < 0)
		return 0;
	return (span > INT64_MAX) ? INT64_MAX : (int64) span;
}

/* Return the time of one of the events, or the one next to it */
static int64
RandomLimit(const MatchEvent *events, int64 count)
{
	__int128 at = (__int128) events[Below((int) count)].at + Below(3) - 1;

	return (at < INT64_MIN) ? INT64_MIN : (at > INT64_MAX) ? INT64_MAX : (int64) at;
}

/* Order events by time */
static int
CompareTimes(const void *a, const void *b)
{
	int64 one = ((const MatchEvent *) a)->at, other = ((const MatchEvent *) b)->at;

	return (one > other) - (one < other);
}

/* Make a random list of times */
static int64
RandomTimes(int constructs, MatchEvent *events)
{
	int kind = Below(5);
	int64 count = 1 + Below(SMALL_EVENTS);
	int range = Below(2) ? 2 + Below(7) : 30;

	if (constructs & LONG)
	{
		count = LONG_EVENTS / 2 + Below(LONG_EVENTS / 2);
		range = (int) count * 2;
	}
	else if (Below(4) > 0)
		count = SMALL_EVENTS - Below(3);
	for (int i = 0; i < count; i++)
	{
		events[i].at = RandomTime(kind, range);
		for (int j = 0; j < i && (constructs & (LONG | ANY)) == LONG; j++)
		{
			if (events[j].at == events[i].at)
			{
				i--;
				break;
			}
		}
	}
	qsort(events, count, sizeof(MatchEvent), CompareTimes);
	return count;
}

/* Give events random codes, often such that the steps come in order */
static void
RandomCodes(const MatchPattern *pattern, MatchEvent *events, int64 count)
{
	int guided = Below(4);

	for (int i = 0; i < count; i++)
	{
		int step = (int) (i * pattern->steps / count);

		for (int tries = 0; tries < 10; tries++)
		{
			events[i].code = Below(pattern->classes);
			if (Below(4) >= guided || ((pattern->class[events[i].code].serves >> step) & 1))
				break;
		}
	}
}

/* Make a random pattern of certain constructs, with spans like those of a list of times */
static void
RandomPattern(int constructs, MatchPattern *pattern, MatchClass *class, const MatchEvent *events,
			  int64 count)
{
	bool overlap = Below(3) > 0;
	int classes = Below(4) ? 2 + Below(MAX_CODES - 1) : 1 + Below(MAX_CODES);

	memset(pattern, 0, sizeof(*pattern));
	pattern->steps = 2 + Below(MAX_STEPS - 1);
	if (pattern->steps < 3 && ((constructs & OPTIONAL) || Below(2)))
		pattern->steps = MAX_STEPS;
	pattern->any_order = (constructs & ANY) != 0;
	pattern->distinct_times = (constructs & DISTINCT) != 0;
	pattern->first_entry = (constructs & FIRST) != 0;
	pattern->within = (constructs & WITHIN) ? RandomSpan(events, count) : MATCH_NO_LIMIT;
	for (int step = 0; step < pattern->steps; step++)
	{
		MatchStep *into = &pattern->step[step];

		into->link = MATCH_LATER;
		if ((constructs & NEXT) && Below(2))
			into->link = MATCH_NEXT;
		else if ((constructs & WITHOUT) && Below(3))
			into->link = MATCH_WITHOUT;
		into->limit =
			((constructs & LIMITS) && Below(3)) ? RandomSpan(events, count) : MATCH_NO_LIMIT;
		into->optional =
			(constructs & OPTIONAL) && step > 0 && step < pattern->steps - 1 && Below(3) > 0;
	}
	pattern->classes = classes;
	pattern->class = class;
	memset(class, 0, MAX_CODES * sizeof(MatchClass));
	for (int step = 0; step < pattern->steps; step++)
	{
		if (overlap)
		{
			class[Below(classes)].serves |= UINT32_C(1) << step;
			class[Below(classes)].serves |= UINT32_C(1) << step;
		}
		if (pattern->step[step].link == MATCH_WITHOUT)
			class[Below(classes)].breaks |= UINT32_C(1) << step;
	}
	if (!overlap)
	{
		/* one step each, where some codes serve none and some steps nobody */
		for (int code = 0; code < classes; code++)
			class[code].serves = Below(5) ? UINT32_C(1) << (code % pattern->steps) : 0;
	}
}

/* Shuffle the events of each instant */
static bool
Shuffle(MatchEvent *events, int64 count)
{
	bool ties = false;

	for (int64 i = 0; i < count; i++)
	{
		int64 same = 0;

		while (i + same < count && events[i + same].at == events[i].at)
			same++;
		if (same > 1)
		{
			int64 other = i + Below((int) same);
			MatchEvent event = events[i];

			events[i] = events[other];
			events[other] = event;
			ties = true;
		}
	}
	return ties;
}

/* Print an answer */
static void
PrintMatch(const char *name, const Match *match)
{
	printf("# %s: depth %d", name, match->depth);
	if (match->depth > 0)
		printf(", first %" PRId64, match->first);
	for (int step = 0; step < match->depth; step++)
	{
		if ((match->taken >> step) & 1)
			printf(", %d at %" PRId64, step + 1, match->at[step]);
	}
	printf("\n");
}

/* Print what was asked */
static void
PrintProblem(const MatchPattern *pattern, const MatchEvent *events, int64 count, int64 from,
			 int64 until)
{
	static const char *const links[] = {">", ">>", "> ! >"};

	printf("# %d steps%s%s%s, within %" PRId64 ", entered %" PRId64 " to %" PRId64 "\n",
		   pattern->steps, pattern->any_order ? ", any order" : "",
		   pattern->distinct_times ? ", distinct times" : "",
		   pattern->first_entry ? ", first entry" : "", pattern->within, from, until);
	for (int step = 0; step < pattern->steps; step++)
		printf("#   step %d: %s%s, limit %" PRId64 "\n", step + 1, links[pattern->step[step].link],
			   pattern->step[step].optional ? " optional" : "", pattern->step[step].limit);
	for (int64 i = 0; i < count; i++)
	{
		printf("#   at %" PRId64 ": code %d, serves", events[i].at, events[i].code);
		for (int step = 0; step < pattern->steps; step++)
		{
			if ((pattern->class[events[i].code].serves >> step) & 1)
				printf(" %d", step + 1);
		}
		printf(", breaks");
		for (int step = 0; step < pattern->steps; step++)
		{
			if ((pattern->class[events[i].code].breaks >> step) & 1)
				printf(" %d", step + 1);
		}
		printf("\n");
	}
}

/* what was met so far of one construct */
typedef struct Tally
{
	int64 cases;
	int64 counted; /* with a depth between none and all */
	int64 ties;    /* of those */
	int64 depth[MAX_STEPS + 1];
} Tally;

/* Ask the matcher, where an error is a depth that nothing else has */
static void
FindMatch(Matcher *matcher, const MatchEvent *events, int64 count, int64 from, int64 until,
		  Match *match)
{
	memset(match, 0x55, sizeof(*match));
	if (setjmp(error_handler) != 0)
	{
		memset(match, 0, sizeof(*match));
		match->depth = -1;
		return;
	}
	MatchEvents(matcher, events, count, from, until, match);
}

/* Count a case by how the names of its pattern go with steps */
static void
CountSets(const MatchPattern *pattern, bool ties)
{
	bool has[SET_KINDS] = {false};

	for (int step = 0; step < pattern->steps; step++)
	{
		int codes = 0;

		for (int code = 0; code < pattern->classes; code++)
		{
			uint32 serves = pattern->class[code].serves;

			codes += (serves >> step) & 1;
			has[0] = has[0] || (serves & (serves - 1)) != 0;
		}
		has[1] = has[1] || codes > 1;
		has[2] = has[2] || (codes > 1 && codes == pattern->classes);
	}
	for (int kind = 0; kind < SET_KINDS; kind++)
	{
		set_cases[kind] += has[kind];
		set_ties[kind] += has[kind] && ties;
	}
}

/* Compare on one random pattern and some lists of events; false: not the same */
static bool
CheckPattern(int constructs, uint64_t seed, Tally *tally)
{
	MatchClass class[MAX_CODES];
	MatchPattern pattern;
	Matcher *matcher = NULL;

	random_state = seed;
	for (int i = 0; i < PROBLEMS; i++)
	{
		MatchEvent events[LONG_EVENTS];
		int64 count = RandomTimes(constructs, events);
		int64 from = PG_INT64_MIN, until = PG_INT64_MAX;
		Match expected, match, again;
		bool ties;

		if (i == 0)
		{
			RandomPattern(constructs, &pattern, class, events, count);
			matcher = MatcherCreate(&pattern);
		}
		RandomCodes(&pattern, events, count);
		if ((constructs & ENTERED) && Below(4))
			from = RandomLimit(events, count);
		if ((constructs & ENTERED) && Below(4))
			until = RandomLimit(events, count);
		FindMatch(matcher, events, count, from, until, &match);
		if (constructs & LONG)
			LongMatch(&pattern, events, count, from, until, &expected);
		else
			BruteMatch(&pattern, events, count, from, until, &expected);
		ties = Shuffle(events, count);
		FindMatch(matcher, events, count, from, until, &again);
		if (!SameMatch(&match, &expected) || !SameMatch(&again, &match))
		{
			printf("# construct %d, seed %" PRIu64 ", list %d\n", constructs, seed, i);
			PrintProblem(&pattern, events, count, from, until);
			PrintMatch("expected", &expected);
			PrintMatch("found", &match);
			PrintMatch("found when shuffled", &again);
			FreeMemory();
			return false;
		}
		tally->cases++;
		tally->depth[match.depth]++;
		if (match.depth > 0 && match.depth < pattern.steps)
		{
			tally->counted++;
			tally->ties += ties;
			CountSets(&pattern, ties);
		}
	}
	FreeMemory();
	return true;
}

/* Compare on random cases of one construct, or of several together */
static bool
CheckConstruct(int constructs, int64 wanted)
{
	Tally tally = {0};
	uint64_t seed = (uint64_t) constructs * 1000000000;
	bool same = true, enough, ties;
	char line[512] = "";

	for (int i = 0; i < NAMES; i++)
	{
		if ((constructs >> i) & 1)
			sprintf(line + strlen(line), "%s%s", line[0] ? " + " : "", names[i]);
	}
	if (line[0] == '\0')
		strcpy(line, "plain");

	while (same && tally.counted < wanted && tally.cases < wanted * MAX_CASES_PER_COUNTED)
		same = CheckPattern(constructs, seed++, &tally);
	enough = tally.counted >= wanted;
	ties = (constructs & (LONG | ANY)) == LONG || tally.ties >= MIN_TIES * tally.counted;

	sprintf(line + strlen(line), ": %" PRId64 " cases, %" PRId64 " between, %.0f %% of them ties;",
			tally.cases, tally.counted, 100.0 * tally.ties / Max(tally.counted, 1));
	sprintf(line + strlen(line), " depth");
	for (int depth = 0; depth <= MAX_STEPS; depth++)
		sprintf(line + strlen(line), " %d: %.0f %%", depth,
				100.0 * tally.depth[depth] / Max(tally.cases, 1));
	Report(same && enough && ties, line);
	return same;
}

/* Tell whether there were enough cases of each way that names go with steps */
static void
ReportSets(int64 wanted)
{
	for (int kind = 0; kind < SET_KINDS; kind++)
	{
		char line[256];

		sprintf(line, "%s: %" PRId64 " between, %.0f %% of them ties", set_kinds[kind],
				set_cases[kind], 100.0 * set_ties[kind] / Max(set_cases[kind], 1));
		Report(set_cases[kind] >= wanted && set_ties[kind] >= MIN_TIES * set_cases[kind], line);
	}
}

/* Return the seconds that the process worked */
static double
Seconds(void)
{
	return (double) clock() / CLOCKS_PER_SEC;
}

/* Match a million events at one instant, or nearly so */
static void
CheckBig(int constructs, int64 instants)
{
	MatchEvent *events = malloc(BIG_EVENTS * sizeof(MatchEvent));
	MatchClass class[MATCH_MAX_STEPS];
	MatchPattern pattern;
	Match match;
	double seconds;
	char line[256];

	random_state = (uint64_t) constructs;
	memset(&pattern, 0, sizeof(pattern));
	pattern.steps = pattern.classes = MATCH_MAX_STEPS;
	pattern.any_order = (constructs & ANY) != 0;
	pattern.within = MATCH_NO_LIMIT;
	pattern.class = class;
	for (int step = 0; step < MATCH_MAX_STEPS; step++)
	{
		/* overlapping sets; the last step is never done, so that the search goes on to the end */
		class[step].serves = ((UINT32_C(1) << step) | (uint32) Random()) & 0x7FFFFFFF;
		class[step].breaks = 0;
		pattern.step[step].limit = (constructs & LIMITS) ? 1 : MATCH_NO_LIMIT;
		pattern.step[step].optional =
			(constructs & OPTIONAL) && step % 2 == 1 && step < MATCH_MAX_STEPS - 1;
	}
	for (int64 i = 0; i < BIG_EVENTS; i++)
	{
		events[i].at = i * instants / BIG_EVENTS;
		events[i].code = Below(MATCH_MAX_STEPS);
	}
	seconds = Seconds();
	FindMatch(MatcherCreate(&pattern), events, BIG_EVENTS, PG_INT64_MIN, PG_INT64_MAX, &match);
	seconds = Seconds() - seconds;
	sprintf(line, "%d events at %" PRId64 " instants, construct %d", BIG_EVENTS, instants,
			constructs);
	Report(match.depth == MATCH_MAX_STEPS - 1 && match.at[0] == 0 &&
			   match.at[MATCH_MAX_STEPS - 2] == 0 && seconds < BIG_SECONDS,
		   line);
	printf("# depth %d in %.3f s\n", match.depth, seconds);
	FreeMemory();
	free(events);
}

/* Compare construct by construct and pair by pair */
int
main(int argc, char **argv)
{
	int64 wanted = (argc > 1) ? atoi(argv[1]) : 5000;
	int list[NAMES * NAMES], constructs = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 3)
	{
		Tally tally = {0};

		return CheckPattern(atoi(argv[2]), strtoull(argv[3], NULL, 10), &tally) ? 0 : 1;
	}

	list[constructs++] = 0;
	for (int one = WITHIN; one <= ANY; one *= 2)
	{
		list[constructs++] = one;
		for (int other = one * 2; other <= ANY; other *= 2)
		{
			if (other != ANY || (one & FREE_ORDER))
				list[constructs++] = one | other;
		}
	}
	list[constructs++] = IN_ORDER;
	list[constructs++] = IN_ORDER & ~DISTINCT & ~FIRST & ~ENTERED;
	list[constructs++] = OPTIONAL | NEXT | WITHOUT | LIMITS;
	list[constructs++] = FREE_ORDER;
	list[constructs++] = LONG | IN_ORDER;
	list[constructs++] = LONG | (IN_ORDER & ~FIRST & ~NEXT);
	list[constructs++] = LONG | WITHIN | OPTIONAL | LIMITS;
	list[constructs++] = LONG | WITHIN | OPTIONAL | WITHOUT;
	list[constructs++] = LONG | WITHIN;
	list[constructs++] = LONG | ANY | WITHIN;
	list[constructs++] = LONG | FREE_ORDER;

	printf("1..%d\n", constructs + SET_KINDS + 4);
	for (int i = 0; i < constructs; i++)
	{
		if (!CheckConstruct(list[i], wanted) && argc > 2)
			return 1;
	}
	ReportSets(wanted);
	CheckBig(0, 1);
	CheckBig(OPTIONAL | LIMITS, 1);
	CheckBig(OPTIONAL | LIMITS, 100);
	CheckBig(ANY, 1);
	return failures > 0;
}
