/*
 * matcher.c
 *		Makes a pattern and events of arbitrary bytes and compares the matcher with slow other ways.
 *
 * Without libFuzzer it is a program that replays a file of cases, one a line in
 * hexadecimal digits, and tells what they came to.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "brute.h"
#include "memory.h"

#define MAX_STEPS 5
#define MAX_CODES 4
#define SMALL_EVENTS 7

/* a case being read from the front, then zeros */
typedef struct Bytes
{
	const uint8_t *at, *end;
} Bytes;

/* what a case stands for */
typedef struct Problem
{
	MatchPattern pattern;
	MatchClass class[MAX_CODES];
	MatchEvent *events; /* of exactly "count" */
	int64 count;
	bool is_long;
	int64 from, until;
} Problem;

/* a chain on its way to all its longer ones */
typedef struct Chain
{
	int last_step, depth;
	uint32 done;
	int64 start, last;
	bool used[SMALL_EVENTS];
} Chain;

/* what is done with each chain of some events */
typedef void (*Visit)(const Chain *chain, void *argument);

/* the attempts that were counted, for the replay to tell */
static int64 depths[MAX_STEPS + 1], attempts, completed, lists, long_lists;

/* Tell that something is wrong */
static void __attribute__((noreturn, format(printf, 1, 2))) Finding(const char *format, ...)
{
	va_list rest;

	va_start(rest, format);
	fprintf(stderr, "finding: ");
	vfprintf(stderr, format, rest);
	fprintf(stderr, "\n");
	va_end(rest);
	abort();
}

/* Return the next byte of a case */
static int
Byte(Bytes *bytes)
{
	return (bytes->at < bytes->end) ? *bytes->at++ : 0;
}

/* Return the next number below a limit */
static int
Below(Bytes *bytes, int limit)
{
	return Byte(bytes) % limit;
}

/* Return the distance of two times that an instant is made of, so that many are equal or near */
static int64
Span(Bytes *bytes)
{
	int chosen = Byte(bytes);

	switch (chosen >> 5)
	{
		case 7:
			return (chosen & 1) ? INT64_C(40000000000000) * (chosen & 30) : PG_INT64_MAX - 1;
		case 6:
			return PG_INT64_MAX - 1 - (chosen & 31);
		default:
			return chosen % 32;
	}
}

/* Return a time that much later, or the latest there is */
static int64
Later(int64 at, int64 span)
{
	__int128 later = (__int128) at + span;

	return (later > PG_INT64_MAX) ? PG_INT64_MAX : (int64) later;
}

/* Make a pattern of some bytes */
static void
MakePattern(Problem *problem, Bytes *bytes)
{
	MatchPattern *pattern = &problem->pattern;
	int flags = Byte(bytes);

	pattern->steps = 1 + Below(bytes, MAX_STEPS);
	pattern->any_order = (flags & 1) != 0;
	pattern->distinct_times = (flags & 2) != 0;
	pattern->first_entry = (flags & 4) != 0;
	pattern->within = (flags & 8) ? Span(bytes) : MATCH_NO_LIMIT;
	pattern->classes = 1 + Below(bytes, MAX_CODES);
	pattern->class = problem->class;
	for (int step = 0; step < pattern->steps; step++)
	{
		MatchStep *into = &pattern->step[step];
		int kind = Byte(bytes);

		into->link = pattern->any_order ? MATCH_LATER : (MatchLink) (kind % 3);
		into->limit = (!pattern->any_order && (kind & 64)) ? Span(bytes) : MATCH_NO_LIMIT;
		into->optional =
			!pattern->any_order && (kind & 128) && step > 0 && step < pattern->steps - 1;
	}
	for (int code = 0; code < pattern->classes; code++)
	{
		problem->class[code].serves = Byte(bytes) & ((1 << pattern->steps) - 1);
		problem->class[code].breaks = Byte(bytes) & ((1 << pattern->steps) - 1);
		for (int step = 0; step < pattern->steps; step++)
		{
			if (pattern->step[step].link != MATCH_WITHOUT)
				problem->class[code].breaks &= ~(UINT32_C(1) << step);
		}
	}
	/* long lists without ties are compared in order only where nobody can take them either way */
	problem->is_long = (flags & 16) != 0;
	problem->from = (flags & 32) ? Later(PG_INT64_MIN, Span(bytes)) : PG_INT64_MIN;
	problem->until = (flags & 64) ? Later(problem->from, Span(bytes)) : PG_INT64_MAX;
}

/* Make events of the bytes that are left */
static void
MakeEvents(Problem *problem, Bytes *bytes)
{
	const bool ties = !problem->is_long || problem->pattern.any_order;
	const int64 most = problem->is_long ? LONG_EVENTS : SMALL_EVENTS;
	int64 at = (Byte(bytes) & 1) ? 0 : PG_INT64_MIN;
	MatchEvent events[LONG_EVENTS];

	problem->count = 0;
	while (problem->count < most && bytes->at < bytes->end)
	{
		int64 span = Span(bytes);

		at = Later(at, (problem->count > 0 && !ties) ? Max(span, 1) : span);
		if (!ties && problem->count > 0 && events[problem->count - 1].at == at)
			break;
		events[problem->count].at = at;
		events[problem->count].code = Below(bytes, problem->pattern.classes);
		problem->count++;
	}
	/* so that nobody reads beyond the last one */
	problem->events = malloc(problem->count * sizeof(MatchEvent));
	memcpy(problem->events, events, problem->count * sizeof(MatchEvent));
}

/* Turn the events of each instant around */
static void
TurnAround(const Problem *problem)
{
	for (int64 i = 0; i < problem->count;)
	{
		int64 end = i;

		while (end < problem->count && problem->events[end].at == problem->events[i].at)
			end++;
		for (int64 a = i, b = end - 1; a < b; a++, b--)
		{
			int32 code = problem->events[a].code;

			problem->events[a].code = problem->events[b].code;
			problem->events[b].code = code;
		}
		i = end;
	}
}

/* Compare the chain that is kept with that among all chains */
static void
CheckMatch(const Problem *problem, Matcher *matcher)
{
	Match expected, found;

	if (problem->is_long)
		LongMatch(&problem->pattern, problem->events, problem->count, problem->from, problem->until,
				  &expected);
	else
		BruteMatch(&problem->pattern, problem->events, problem->count, problem->from,
				   problem->until, &expected);
	for (int turn = 0; turn < 2; turn++)
	{
		memset(&found, 0x55, sizeof(found));
		MatchEvents(matcher, problem->events, problem->count, problem->from, problem->until,
					&found);
		if (!SameMatch(&found, &expected))
			Finding("depth %d, not %d, taken %x, not %x, turn %d", found.depth, expected.depth,
					found.taken, expected.taken, turn);
		TurnAround(problem);
	}
	depths[expected.depth]++;
}

/* Tell whether an event serves a step */
static bool
Serves(const Problem *problem, int event, int step)
{
	return (problem->class[problem->events[event].code].serves >> step) & 1;
}

/* Tell whether an event lies strictly between two times and breaks the link into a step */
static bool
Breaks(const Problem *problem, int event, int step, int64 after, int64 before)
{
	MatchLink link = problem->pattern.step[step].link;
	const MatchEvent *between = &problem->events[event];

	return between->at > after && between->at < before &&
		(link == MATCH_NEXT ||
		 (link == MATCH_WITHOUT && ((problem->class[between->code].breaks >> step) & 1)));
}

/* Visit a chain and all longer ones, of the events from "begin" to before "end" */
static void
VisitChains(const Problem *problem, int begin, int end, const Chain *chain, Visit visit,
			void *argument)
{
	const MatchPattern *pattern = &problem->pattern;

	visit(chain, argument);
	for (int step = 0; step < pattern->steps; step++)
	{
		if (pattern->any_order ? (chain->done >> step) & 1 : step <= chain->last_step)
			continue;
		for (int event = begin; event < end; event++)
		{
			const int64 at = problem->events[event].at;
			bool broken = false;
			Chain longer = *chain;

			if (chain->used[event] || at < chain->last || !Serves(problem, event, step) ||
				(pattern->distinct_times && at == chain->last) ||
				(pattern->within != MATCH_NO_LIMIT &&
				 (__int128) at - chain->start > pattern->within))
				continue;
			for (int i = begin; i < end && !pattern->any_order; i++)
				broken = broken || Breaks(problem, i, step, chain->last, at);
			if (broken ||
				(pattern->step[step].limit != MATCH_NO_LIMIT &&
				 (__int128) at - chain->last > pattern->step[step].limit))
				continue;
			longer.used[event] = true;
			longer.last = at;
			longer.last_step = step;
			longer.done |= UINT32_C(1) << step;
			longer.depth = pattern->any_order ? chain->depth + 1 : step + 1;
			VisitChains(problem, begin, end, &longer, visit, argument);
		}
		if (!pattern->any_order && !pattern->step[step].optional)
			break;
	}
}

/* Visit all chains that start at a time, or at any one when "any" */
static void
VisitAll(const Problem *problem, int begin, int end, bool any, int64 start, Visit visit,
		 void *argument)
{
	for (int event = begin; event < end; event++)
	{
		if (!any && problem->events[event].at != start)
			continue;
		for (int step = 0; step < (problem->pattern.any_order ? problem->pattern.steps : 1); step++)
		{
			Chain chain = {step,
						   problem->pattern.any_order ? 1 : step + 1,
						   UINT32_C(1) << step,
						   problem->events[event].at,
						   problem->events[event].at,
						   {false}};

			if (!Serves(problem, event, step))
				continue;
			chain.used[event] = true;
			VisitChains(problem, begin, end, &chain, visit, argument);
		}
	}
}

/* the first completion, and the earliest start of the chains that complete then */
typedef struct Completion
{
	int steps;
	bool is_found;
	int64 start, end;
} Completion;

/* Note a chain that completes first */
static void
NoteCompletion(const Chain *chain, void *argument)
{
	Completion *first = argument;

	if (chain->depth < first->steps)
		return;
	if (!first->is_found || chain->last < first->end ||
		(chain->last == first->end && chain->start < first->start))
	{
		first->is_found = true;
		first->start = chain->start;
		first->end = chain->last;
	}
}

/* Note the greatest depth */
static void
NoteDepth(const Chain *chain, void *argument)
{
	int *depth = argument;

	*depth = Max(*depth, chain->depth);
}

/* Tell whether an event can start a chain */
static bool
CanStart(const Problem *problem, int event)
{
	uint32 serves = problem->class[problem->events[event].code].serves;

	return problem->pattern.any_order ? serves != 0 : (serves & 1) != 0;
}

/* Compare the completed attempts with the definition, and check what holds of the others */
static void
CheckRuns(const Problem *problem, Matcher *matcher)
{
	const MatchPattern *pattern = &problem->pattern;
	const int count = (int) problem->count;
	int begin = 0;
	int64 completions = 0;
	MatchRuns runs;
	MatchRun run;

	MatchRunsBegin(&runs, matcher, problem->events, count);
	while (MatchRunsNext(&runs, &run))
	{
		Completion first = {.steps = pattern->steps};
		int start, depth = 0, inside;

		for (start = begin; start < count && !CanStart(problem, start);)
			start++;
		if (start == count || run.started_at < problem->events[start].at)
			Finding("an attempt that starts with nothing");
		VisitAll(problem, begin, count, !pattern->first_entry, problem->events[start].at,
				 NoteCompletion, &first);
		if (run.completed &&
			(!first.is_found || run.started_at != first.start || run.until != first.end ||
			 run.depth != pattern->steps))
			Finding("an attempt from %" PRId64 " to %" PRId64 " is not the first that completes",
					run.started_at, run.until);
		if (!run.completed && run.started_at != problem->events[start].at)
			Finding("an attempt starts at %" PRId64 ", not at %" PRId64, run.started_at,
					problem->events[start].at);
		if (!run.completed && first.is_found &&
			(run.started_at >= first.start || run.until >= first.start))
			Finding("an attempt until %" PRId64 " goes into the one from %" PRId64, run.until,
					first.start);
		if (run.until < run.started_at)
			Finding("an attempt ends before it starts");
		for (inside = begin; inside < count && problem->events[inside].at <= run.until;)
			inside++;
		VisitAll(problem, begin, inside, false, run.started_at, NoteDepth, &depth);
		if (depth != run.depth)
			Finding("an attempt of depth %d, not %d", run.depth, depth);
		attempts++;
		completions += run.completed;
		begin = inside;
		if (pattern->first_entry)
			begin = count;
	}
	for (int event = begin; event < count; event++)
	{
		if (CanStart(problem, event))
			Finding("an event starts no attempt");
	}
	completed += completions;
	if (pattern->steps == 1 && !pattern->first_entry)
		return;
	if (MatchCount(matcher, problem->events, count) != completions)
		Finding("%" PRId64 " attempts complete, other than counted", completions);
}

/* Try a case */
static void
TryCase(const uint8_t *data, size_t size)
{
	Bytes bytes = {data, data + size};
	Problem problem;
	Matcher *matcher;

	memset(&problem, 0, sizeof(problem));
	MakePattern(&problem, &bytes);
	MakeEvents(&problem, &bytes);
	if (setjmp(error_handler) != 0)
		Finding("an error");
	matcher = MatcherCreate(&problem.pattern);
	CheckMatch(&problem, matcher);
	if (problem.is_long)
		long_lists++;
	else
	{
		lists++;
		CheckRuns(&problem, matcher);
	}
	free(problem.events);
	FreeMemory();
}

#ifdef CXUX_LIBFUZZER
extern int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Try a case that the fuzzer made */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	TryCase(data, size);
	return 0;
}
#else

#define MAX_CASE 4096

/* Replay a file of cases */
int
main(int argc, char **argv)
{
	FILE *file = (argc > 1) ? fopen(argv[1], "r") : NULL;
	char line[2 * MAX_CASE + 2];

	if (file == NULL)
		return 1;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		uint8_t *data = malloc(MAX_CASE);
		size_t size = 0;
		unsigned int byte;

		while (line[0] != '#' && sscanf(line + 2 * size, "%2x", &byte) == 1)
			data[size++] = (uint8_t) byte;
		if (size > 0)
			TryCase(data, size);
		free(data);
	}
	fclose(file);
	printf("lists %" PRId64 "\nlong %" PRId64 "\nattempts %" PRId64 "\ncompleted %" PRId64 "\n",
		   lists, long_lists, attempts, completed);
	for (int depth = 0; depth <= MAX_STEPS; depth++)
		printf("depth%d %" PRId64 "\n", depth, depths[depth]);
	return 0;
}
#endif
