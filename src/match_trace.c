/*
 * match_trace.c
 *		Finds the times of the chain to keep, whose depth, start and end are known.
 */
#include "matcher.h"

/* one way back through the events of the chain */
typedef struct Trace
{
	Matcher *matcher;
	int top; /* last step */
	uint32 optional;
	int64 end; /* time of the last step */

	/* times at which a step can be taken with so many optional ones from it on, the next of each */
	uint32 counts[MATCH_MAX_STEPS];
	int64 next[MATCH_MAX_STEPS][MATCH_MAX_STEPS];

	MatchGroup group;
	int8 after[MATCH_MAX_STEPS]; /* most optional steps after the group, by its last one, or -1 */
} Trace;

/* Count a step as an optional one */
static inline int
CountsAsOptional(const Trace *trace, int step)
{
	return (trace->optional & STEP_BIT(step)) ? 1 : 0;
}

/* Take each step as soon as it can be, where any chain may wait for as long as it likes */
static void
TracePlain(Matcher *matcher, const MatchEvent *event, Match *match)
{
	Pairing *pairing = &matcher->pairing;
	int last = match->depth - 1;
	int step = 0;

	while (step < last)
	{
		MatchGroup group;

		CHECK_FOR_INTERRUPTS();
		if (event == matcher->kept_end)
			elog(ERROR, "a step of the chain is missing");
		event = MatchReadGroup(matcher, event, matcher->kept_end, &group);
		if (!MatchTakesSeveral(matcher, &group))
		{
			if (group.serves & STEP_BIT(step))
				match->at[step++] = group.at;
			continue;
		}
		if (group.overlap)
			PairingFill(pairing, &matcher->pattern, &group);
		while (step < last && (group.serves & STEP_BIT(step)) &&
			   (!group.overlap || PairStep(pairing, step)))
			match->at[step++] = group.at;
	}
}

/* Find by step how many optional ones follow at most if it is taken next after a time */
static void
FindLater(Trace *trace, int64 at, int8 *later)
{
	for (int step = 1; step <= trace->top; step++)
	{
		uint32 *counts = &trace->counts[step];

		later[step] = -1;
		while (*counts != 0)
		{
			int count = pg_leftmost_one_pos32(*counts);

			if (MatchSpan(trace->next[step][count], at) <= trace->matcher->limit[step])
			{
				later[step] = count;
				break;
			}
			*counts ^= STEP_BIT(count);
		}
	}
}

/* Set the group to look at, with what can follow it */
static void
EnterGroup(Trace *trace, const MatchEvent *event, const int8 *later)
{
	Matcher *matcher = trace->matcher;
	int most = -1;

	MatchReadGroup(matcher, event, matcher->kept_end, &trace->group);
	for (int step = trace->top - 1; step >= 0; step--)
	{
		if (!(trace->optional & STEP_BIT(step + 1)))
			most = -1;
		most = Max(most, later[step + 1]);
		trace->after[step] = most;
	}
	trace->after[trace->top] = (trace->group.at == trace->end) ? 0 : -1;
	if (MatchTakesSeveral(matcher, &trace->group))
		PairingFill(&matcher->pairing, &matcher->pattern, &trace->group);
}

/* Return how many optional steps follow at most a chain that takes these in the group, or -1 */
static int
MostToFollow(Trace *trace, uint32 taken, int last)
{
	Pairing *pairing = &trace->matcher->pairing;
	uint32 served = trace->optional & trace->group.serves;
	int most = trace->after[last];

	if (!MatchTakesSeveral(trace->matcher, &trace->group))
		return most;
	PairingClear(pairing);
	for (; taken != 0; taken &= taken - 1)
	{
		if (!PairStep(pairing, pg_rightmost_one_pos32(taken)))
			return -1;
	}

	/* let each step be the last one in the group */
	for (int step = last + 1; step <= trace->top; step++)
	{
		bool optional = (trace->optional & STEP_BIT(step)) != 0;
		uint32 between = served & FIRST_STEPS(step) & ~FIRST_STEPS(last + 1);
		uint32 added = 0;
		int room = pg_popcount32(between) + (optional ? 1 : 0);
		int count = trace->after[step];

		if (optional && (count < 0 || count + Min(room, pairing->free) <= most))
			continue;
		if (!(trace->group.serves & STEP_BIT(step)) || !PairStep(pairing, step))
		{
			if (optional)
				continue;
			break;
		}
		if (count < 0 || (!optional && count + Min(room, pairing->free) <= most))
			continue;
		if (optional)
		{
			added = STEP_BIT(step);
			count++;
		}
		for (; between != 0; between &= between - 1)
		{
			int other = pg_rightmost_one_pos32(between);

			if (PairStep(pairing, other))
			{
				added |= STEP_BIT(other);
				count++;
			}
		}
		most = Max(most, count);
		for (; added != 0; added &= added - 1)
			UnpairStep(pairing, pg_rightmost_one_pos32(added));
	}
	return most;
}

/* Return a row of the work space */
static TraceRow
RowOf(const Matcher *matcher, int64 row)
{
	TraceRow result;

	result.event = matcher->row_event[row];
	result.at = matcher->row_value + row * 2 * matcher->pattern.steps;
	result.later = result.at + matcher->pattern.steps;
	return result;
}

/* Return a row after those that are kept, in a work space that grows */
static TraceRow
NewRow(Matcher *matcher)
{
	Size size = 2 * matcher->pattern.steps;

	if (matcher->rows == matcher->room)
	{
		matcher->room *= 2;
		matcher->row_event =
			repalloc_huge(matcher->row_event, matcher->room * sizeof(MatchEvent *));
		matcher->row_value = repalloc_huge(matcher->row_value, matcher->room * size);
	}
	return RowOf(matcher, matcher->rows);
}

/* Find which steps can be taken in a group such that the chain ends where it has to */
static uint32
FindTaken(Trace *trace, uint32 steps, int8 *at)
{
	uint32 kept = 0;

	for (; steps != 0; steps &= steps - 1)
	{
		int step = pg_rightmost_one_pos32(steps);
		int most = MostToFollow(trace, STEP_BIT(step), step);

		if (most < 0)
			continue;
		at[step] = most + CountsAsOptional(trace, step);
		kept |= STEP_BIT(step);
	}
	return kept;
}

/* Let a group lie between what was found so far and events before it, and begin chains there */
static void
LeaveGroup(Trace *trace, uint32 breaks, uint32 kept, const int8 *at, int64 time)
{
	const Matcher *matcher = trace->matcher;

	for (uint32 left = matcher->next | breaks; left != 0; left &= left - 1)
		trace->counts[pg_rightmost_one_pos32(left)] = 0;
	for (; kept != 0; kept &= kept - 1)
	{
		int step = pg_rightmost_one_pos32(kept);

		trace->counts[step] |= STEP_BIT(at[step]);
		trace->next[step][at[step]] = time;
	}
}

/* Go to the first event of the group before a place, and tell what its events can do together */
static inline const MatchEvent *
StepBack(const Matcher *matcher, const MatchEvent *begin, const MatchEvent *event,
		 MatchClass *group)
{
	group->serves = group->breaks = 0;
	do
	{
		const MatchClass *class = &matcher->pattern.class[(--event)->code];

		group->serves |= class->serves;
		group->breaks |= class->breaks;
	} while (event > begin && event[-1].at == event->at);
	return event;
}

/* Keep a row for each group that the chain can take, from the last to the first */
static void
TraceBack(Trace *trace, const MatchEvent *begin)
{
	Matcher *matcher = trace->matcher;
	const MatchEvent *event = matcher->kept_end;
	int64 groups = 0;

	matcher->rows = 0;
	while (event > begin)
	{
		uint32 steps, kept = 0;
		MatchClass group;
		TraceRow row = {NULL, NULL, NULL};

		if (++groups % MATCH_CHUNK == 0)
			CHECK_FOR_INTERRUPTS();
		event = StepBack(matcher, begin, event, &group);

		steps = (event == begin) ? STEP_BIT(0) : FIRST_STEPS(trace->top + 1) & ~STEP_BIT(0);
		if (group.serves & steps)
		{
			row = NewRow(matcher);
			row.event = event;
			FindLater(trace, event->at, row.later);
			EnterGroup(trace, event, row.later);
			memset(row.at, -1, matcher->pattern.steps);
			kept = FindTaken(trace, group.serves & steps, row.at);
		}
		LeaveGroup(trace, group.breaks, kept, row.at, event->at);
		if (kept != 0)
			matcher->row_event[matcher->rows++] = event;
	}
}

/* Go through the rows and take each step as early as the count of optional ones allows */
static void
TraceForward(Trace *trace, Match *match)
{
	Matcher *matcher = trace->matcher;
	int64 number = matcher->rows - 1;
	TraceRow row = RowOf(matcher, number);
	uint32 taken = STEP_BIT(0); /* in the group */
	int step = 0;
	int count = row.at[0]; /* optional steps to come */

	EnterGroup(trace, row.event, row.later);
	match->taken = STEP_BIT(0);
	match->at[0] = trace->group.at;
	for (int next = 1; step < trace->top; next++)
	{
		int rest = count - CountsAsOptional(trace, next);

		if (rest >= 0 && MatchTakesSeveral(matcher, &trace->group) &&
			(trace->group.serves & STEP_BIT(next)) &&
			MostToFollow(trace, taken | STEP_BIT(next), next) == rest)
			taken |= STEP_BIT(next);
		else if (row.later[next] == count)
		{
			do
			{
				if (number == 0)
					elog(ERROR, "a step of the chain is missing");
				row = RowOf(matcher, --number);
			} while (row.at[next] != count);
			EnterGroup(trace, row.event, row.later);
			taken = STEP_BIT(next);
		}
		else
			continue;
		step = next;
		count = rest;
		match->taken |= STEP_BIT(step);
		match->at[step] = trace->group.at;
	}
}

/* Begin the way back from the end of the chain to keep, at most so many of whose steps are done */
static void
TraceBegin(Trace *trace, Matcher *matcher, int depth)
{
	trace->matcher = matcher;
	trace->top = depth - 1;
	trace->optional = matcher->optional & ~STEP_BIT(trace->top);
	trace->end = matcher->kept_last;
	memset(trace->counts, 0, sizeof(trace->counts));
}

/* Find the times of the chain where it matters how long it waits and what it leaves out */
static void
TraceLinked(Matcher *matcher, const MatchEvent *event, Match *match)
{
	Trace trace;

	TraceBegin(&trace, matcher, match->depth);
	TraceBack(&trace, event);
	TraceForward(&trace, match);
}

/* Find the times of the chain to keep */
void
MatchTrace(Matcher *matcher, const MatchEvent *event, Match *match)
{
	match->depth = matcher->depth;
	match->taken = FIRST_STEPS(Min(match->depth, 2));
	match->at[0] = matcher->kept_start;
	match->at[match->depth - 1] = matcher->kept_last;
	if (match->depth <= 2)
		return;
	event = MatchFirstFrom(event, matcher->kept_end, matcher->kept_start);
	if (matcher->plain)
	{
		match->taken = FIRST_STEPS(match->depth);
		TracePlain(matcher, event, match);
	}
	else
		TraceLinked(matcher, event, match);
}

/* Find the first event at the earliest start of the chains that end as the one to keep does */
const MatchEvent *
MatchEarliestStart(Matcher *matcher, const MatchEvent *begin)
{
	const MatchEvent *event = matcher->kept_end, *start = event;
	int64 groups = 0;
	Trace trace;

	TraceBegin(&trace, matcher, matcher->depth);
	while (event > begin)
	{
		uint32 serves, kept = 0;
		MatchClass group;
		int8 at[MATCH_MAX_STEPS], later[MATCH_MAX_STEPS];

		if (++groups % MATCH_CHUNK == 0)
			CHECK_FOR_INTERRUPTS();
		event = StepBack(matcher, begin, event, &group);
		if (MatchSpan(trace.end, event->at) > matcher->within)
			break;
		serves = group.serves & FIRST_STEPS(trace.top + 1);
		if (serves != 0)
		{
			FindLater(&trace, event->at, later);
			EnterGroup(&trace, event, later);
			kept = FindTaken(&trace, serves, at);
		}
		LeaveGroup(&trace, group.breaks, kept, at, event->at);
		if (kept & STEP_BIT(0))
			start = event;
	}
	return start;
}
