/*
 * timing.c
 *		Prints what the matcher costs per event; not a test.
 *
 * "sh test/matching.sh timing" builds and runs it.
 */
#include <stdio.h>
#include <time.h>

#include "match.h"
#include "memory.h"
#include "random.h"

#define RUNS 5
#define DAY INT64_C(86400000000)
#define EVENTS 3000000
#define MAX_CODES 64

/* Return the time in nanoseconds */
static double
Now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e9 + now.tv_nsec;
}

/* Order events by time */
static int
CompareTimes(const void *a, const void *b)
{
	int64 one = ((const MatchEvent *) a)->at, other = ((const MatchEvent *) b)->at;

	return (one > other) - (one < other);
}

/* Print the least time per event, and per step that an event serves, of several runs */
static void
Report(const char *name, const MatchPattern *pattern, const MatchEvent *events, int64 count,
	   int per_actor)
{
	Matcher *matcher = MatcherCreate(pattern);
	double best = 1e300, hits = 0.0;
	int64 depths = 0;

	for (int64 i = 0; i < count; i++)
		hits += __builtin_popcount(pattern->class[events[i].code].serves);
	for (int run = 0; run < RUNS; run++)
	{
		double start = Now();

		depths = 0;
		for (int64 i = 0; i < count; i += per_actor)
		{
			Match match;

			MatchEvents(matcher, events + i, Min(per_actor, count - i), PG_INT64_MIN, PG_INT64_MAX,
						&match);
			depths += match.depth;
		}
		best = Min(best, Now() - start);
	}
	printf("%-58s %8.2f %8.2f %8.2f\n", name, best / count, best / Max(hits, 1.0),
		   (double) depths * per_actor / count);
	FreeMemory();
}

/* Make a pattern of so many steps that follow each other freely, each done by a code of its own */
static void
MakePattern(MatchPattern *pattern, MatchClass *class, int steps, int classes)
{
	memset(pattern, 0, sizeof(*pattern));
	memset(class, 0, MAX_CODES * sizeof(MatchClass));
	pattern->steps = steps;
	pattern->classes = classes;
	pattern->class = class;
	pattern->within = MATCH_NO_LIMIT;
	for (int step = 0; step < steps; step++)
	{
		pattern->step[step].limit = MATCH_NO_LIMIT;
		if (step < classes)
			class[step].serves = UINT32_C(1) << step;
	}
}

/* Make the events of many actors over 35 days */
static void
MakeActors(MatchEvent *events, int per_actor, int classes, int64 unit)
{
	for (int64 i = 0; i < EVENTS; i += per_actor)
	{
		for (int64 j = i; j < i + per_actor && j < EVENTS; j++)
		{
			events[j].at = (int64) (Random() % (uint64_t) (35 * DAY)) / unit * unit;
			events[j].code = (int32) (Random() % (uint64_t) classes);
		}
		qsort(events + i, Min(per_actor, EVENTS - i), sizeof(MatchEvent), CompareTimes);
	}
}

/* Make the events of one actor, so many at each instant */
static void
MakeActor(MatchEvent *events, int classes, int tied)
{
	for (int64 i = 0; i < EVENTS; i++)
	{
		events[i].at = i / tied * 1000;
		events[i].code = (int32) (Random() % (uint64_t) classes);
	}
}

/* Time actors of a few events */
static void
TimeActors(MatchEvent *events)
{
	MatchPattern pattern;
	MatchClass class[MAX_CODES];

	MakePattern(&pattern, class, 3, 3);
	pattern.within = 7 * DAY;
	MakeActors(events, 6, 3, 1);
	Report("3 steps within 7 days, 6 events each", &pattern, events, EVENTS, 6);
	pattern.first_entry = true;
	Report("  first entry", &pattern, events, EVENTS, 6);
	pattern.first_entry = false;
	pattern.step[1].limit = pattern.step[2].limit = DAY;
	Report("  each within a day of the one before", &pattern, events, EVENTS, 6);
	pattern.step[1].limit = pattern.step[2].limit = MATCH_NO_LIMIT;
	pattern.step[2].link = MATCH_NEXT;
	Report("  the last one next", &pattern, events, EVENTS, 6);
	pattern.step[2].link = MATCH_LATER;
	pattern.step[1].optional = true;
	Report("  the second one optional", &pattern, events, EVENTS, 6);
	pattern.step[1].optional = false;
	pattern.any_order = true;
	Report("  any order", &pattern, events, EVENTS, 6);
	pattern.any_order = false;
	MakeActors(events, 6, 3, DAY);
	Report("  times in whole days", &pattern, events, EVENTS, 6);
	MakeActors(events, 20, 10, 1);
	Report("3 of 10 names, 20 events each", &pattern, events, EVENTS, 20);
	MakeActors(events, 600, 10, 1);
	Report("3 of 10 names, 600 events each", &pattern, events, EVENTS, 600);
}

/* Time one actor of many events, where every step is done by many names */
static void
TimeWorst(MatchEvent *events)
{
	MatchPattern pattern;
	MatchClass class[MAX_CODES];

	for (int tied = 1; tied <= 32; tied = (tied == 2) ? 32 : tied + 1)
	{
		char name[80];

		MakePattern(&pattern, class, 32, 33);
		for (int code = 0; code < 32; code++)
			class[code].serves = UINT32_MAX >> 1;
		if (tied > 1)
		{
			for (int code = 0; code < 32; code++)
				class[code].serves =
					(((uint32) Random()) | (UINT32_C(1) << code)) & (UINT32_MAX >> 1);
		}
		class[32].serves = UINT32_C(1) << 31;
		MakeActor(events, 32, tied);
		events[EVENTS - 1].code = 32;

		sprintf(name, "one actor, 32 steps by any name, %d at an instant", tied);
		Report(name, &pattern, events, EVENTS, EVENTS);
		pattern.within = 1000000;
		Report("  within", &pattern, events, EVENTS, EVENTS);
		pattern.within = MATCH_NO_LIMIT;
		for (int step = 1; step < 32; step++)
			pattern.step[step].limit = 1000000;
		Report("  limits", &pattern, events, EVENTS, EVENTS);
		pattern.step[31].limit = MATCH_NO_LIMIT;
		pattern.first_entry = true;
		Report("  limits, first entry", &pattern, events, EVENTS, EVENTS);
		for (int step = 1; step < 31; step++)
			pattern.step[step].optional = true;
		events[EVENTS / 10 - 1].code = 32;
		Report("  optional, limits, first entry", &pattern, events, EVENTS / 10, EVENTS / 10);
		MakePattern(&pattern, class, 32, 33);
		for (int code = 0; code < 32; code++)
			class[code].serves = (((uint32) Random()) | (UINT32_C(1) << code)) & (UINT32_MAX >> 1);
		class[32].serves = 0;
		pattern.any_order = true;
		Report("  any order", &pattern, events, EVENTS, EVENTS);
	}
}

/* Time few and many events */
int
main(void)
{
	MatchEvent *events = malloc(EVENTS * sizeof(MatchEvent));

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("%-58s %8s %8s %8s\n", "", "ns/event", "ns/hit", "depth");
	TimeActors(events);
	TimeWorst(events);
	free(events);
	return 0;
}
