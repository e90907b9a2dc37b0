/*
 * brute.c
 *		Looks at every chain there is, written from the definition and nothing else.
 */
#include "brute.h"

typedef __int128 Wide;

typedef struct Problem
{
	const MatchPattern *pattern;
	const MatchEvent *events;
	int count;
	bool used[BRUTE_EVENTS];
	Match best;
} Problem;

/* a chain on its way */
typedef struct Chain
{
	int last_step, last_event; /* the latest added */
	int length;
	bool taken[MATCH_MAX_STEPS]; /* any order: done already */
	int64 at[MATCH_MAX_STEPS];   /* by step; any order: by place in the chain */
	int64 start;
} Chain;

/* Tell whether an event serves a step */
static bool
Serves(const Problem *problem, int event, int step)
{
	return (problem->pattern->class[problem->events[event].code].serves >> step) & 1;
}

/* Tell whether a chain can start with an event, as far as times go */
static bool
CanStart(const Problem *problem, int event, int64 from, int64 until)
{
	int64 at = problem->events[event].at;
	bool serves = Serves(problem, event, 0);

	if (problem->pattern->any_order)
	{
		serves = false;
		for (int step = 0; step < problem->pattern->steps; step++)
			serves = serves || Serves(problem, event, step);
	}
	return serves && at >= from && (until == PG_INT64_MAX || at < until);
}

/* Tell whether the link into a step holds from one event to another */
static bool
LinkHolds(const Problem *problem, int step, int from, int to)
{
	int64 before = problem->events[from].at, at = problem->events[to].at;
	const MatchStep *into = &problem->pattern->step[step];

	if (into->limit != MATCH_NO_LIMIT && (Wide) at - before > into->limit)
		return false;
	for (int i = 0; i < problem->count; i++)
	{
		bool between = problem->events[i].at > before && problem->events[i].at < at;
		uint32 breaks = problem->pattern->class[problem->events[i].code].breaks;

		if (between && into->link == MATCH_NEXT)
			return false;
		if (between && into->link == MATCH_WITHOUT && ((breaks >> step) & 1))
			return false;
	}
	return true;
}

/* Tell whether an event can come after the latest of a chain, as far as the whole chain goes */
static bool
FitsInTime(const Problem *problem, const Chain *chain, int event)
{
	int64 at = problem->events[event].at;
	int64 before = problem->events[chain->last_event].at;

	if (problem->used[event] || at < before)
		return false;
	if (problem->pattern->distinct_times && at == before)
		return false;
	return problem->pattern->within == MATCH_NO_LIMIT ||
		(Wide) at - chain->start <= problem->pattern->within;
}

/* Count the optional steps that a chain takes */
static int
Options(const MatchPattern *pattern, uint32 taken)
{
	int options = 0;

	for (int step = 0; step < pattern->steps; step++)
		options += ((taken >> step) & 1) && pattern->step[step].optional;
	return options;
}

/* Tell whether one chain is to be kept rather than another */
static bool
Better(const MatchPattern *pattern, const Match *one, const Match *other)
{
	int options = 0;

	if (one->depth != other->depth)
		return one->depth > other->depth;
	if (one->at[one->depth - 1] != other->at[other->depth - 1])
		return one->at[one->depth - 1] < other->at[other->depth - 1];
	if (one->at[0] != other->at[0])
		return one->at[0] > other->at[0];
	if (!pattern->any_order)
		options = Options(pattern, one->taken) - Options(pattern, other->taken);
	if (options != 0)
		return options > 0;
	for (int step = 0; step < one->depth; step++)
	{
		bool a = (one->taken >> step) & 1, b = (other->taken >> step) & 1;

		if (a != b)
			return a;
		if (a && one->at[step] != other->at[step])
			return one->at[step] < other->at[step];
	}
	return false;
}

/* Keep a chain if it is better than the one kept so far */
static void
Consider(Problem *problem, const Chain *chain)
{
	Match match;

	memset(&match, 0, sizeof(match));
	match.first = problem->best.first;
	if (problem->pattern->any_order)
	{
		match.depth = chain->length;
		for (int i = 0; i < chain->length; i++)
			match.taken |= UINT32_C(1) << i;
	}
	else
	{
		match.depth = chain->last_step + 1;
		for (int i = 0; i < match.depth; i++)
			match.taken |= (uint32) chain->taken[i] << i;
	}
	memcpy(match.at, chain->at, sizeof(match.at));
	if (problem->best.depth == 0 || Better(problem->pattern, &match, &problem->best))
		problem->best = match;
}

/* Look at a chain and at all that begin with it */
static void
Extend(Problem *problem, const Chain *chain)
{
	const MatchPattern *pattern = problem->pattern;

	Consider(problem, chain);
	for (int step = 0; step < pattern->steps; step++)
	{
		bool possible = pattern->any_order ? !chain->taken[step] : step > chain->last_step;

		for (int i = chain->last_step + 1; i < step && !pattern->any_order; i++)
			possible = possible && pattern->step[i].optional;
		if (!possible)
			continue;
		for (int event = 0; event < problem->count; event++)
		{
			Chain longer = *chain;

			/* a set of events of equal times in any order has one order that is enough */
			if (pattern->any_order && event < chain->last_event)
				continue;
			if (!Serves(problem, event, step) || !FitsInTime(problem, chain, event))
				continue;
			if (!pattern->any_order && !LinkHolds(problem, step, chain->last_event, event))
				continue;
			longer.taken[step] = true;
			longer.at[pattern->any_order ? chain->length : step] = problem->events[event].at;
			longer.last_step = step;
			longer.last_event = event;
			longer.length++;
			problem->used[event] = true;
			Extend(problem, &longer);
			problem->used[event] = false;
		}
	}
}

/* Find the chain to keep among all chains */
void
BruteMatch(const MatchPattern *pattern, const MatchEvent *events, int64 count, int64 entered_from,
		   int64 entered_until, Match *match)
{
	Problem problem;
	bool any = false;

	memset(&problem, 0, sizeof(problem));
	problem.pattern = pattern;
	problem.events = events;
	problem.count = (int) count;
	for (int event = 0; event < count; event++)
	{
		if (!CanStart(&problem, event, entered_from, entered_until))
			continue;
		if (!any || events[event].at < problem.best.first)
			problem.best.first = events[event].at;
		any = true;
	}
	for (int event = 0; event < count; event++)
	{
		if (!CanStart(&problem, event, entered_from, entered_until))
			continue;
		if (pattern->first_entry && events[event].at != problem.best.first)
			continue;
		for (int step = 0; step < (pattern->any_order ? pattern->steps : 1); step++)
		{
			Chain chain;

			if (!Serves(&problem, event, step))
				continue;
			memset(&chain, 0, sizeof(chain));
			chain.last_step = step;
			chain.last_event = event;
			chain.length = 1;
			chain.taken[step] = true;
			chain.at[0] = chain.start = events[event].at;
			problem.used[event] = true;
			Extend(&problem, &chain);
			problem.used[event] = false;
		}
	}
	*match = problem.best;
}

/*
 * Longer lists, where there are too many chains.  No two events lie at the
 * same instant unless the order is free.
 */

/* Find the best chain to each step and event from those to the steps and events before it */
static void
LongInOrder(Problem *problem, int64 from, int64 until)
{
	const MatchPattern *pattern = problem->pattern;
	static Match best[MATCH_MAX_STEPS][LONG_EVENTS];

	memset(best, 0, sizeof(best));
	for (int event = 0; event < problem->count; event++)
	{
		int64 at = problem->events[event].at;

		for (int step = 0; step < pattern->steps; step++)
		{
			Match *here = &best[step][event];

			if (!Serves(problem, event, step))
				continue;
			if (step == 0 && CanStart(problem, event, from, until) &&
				(!pattern->first_entry || at == problem->best.first))
			{
				here->depth = 1;
				here->taken = 1;
				here->at[0] = at;
			}
			for (int previous = step - 1; previous >= 0; previous--)
			{
				for (int i = 0; i < event; i++)
				{
					Match longer = best[previous][i];

					if (longer.depth == 0 || !LinkHolds(problem, step, i, event))
						continue;
					if (pattern->within != MATCH_NO_LIMIT &&
						(Wide) at - longer.at[0] > pattern->within)
						continue;
					longer.depth = step + 1;
					longer.taken |= UINT32_C(1) << step;
					longer.at[step] = at;
					if (here->depth == 0 || Better(pattern, &longer, here))
						*here = longer;
				}
				if (!pattern->step[previous].optional)
					break;
			}
			here->first = problem->best.first;
			if (here->depth > 0 &&
				(problem->best.depth == 0 || Better(pattern, here, &problem->best)))
				problem->best = *here;
		}
	}
}

/* Find a step for an event, where others may get another one */
static bool
FindStep(const Problem *problem, int event, bool *seen, int *event_of)
{
	for (int step = 0; step < problem->pattern->steps; step++)
	{
		bool serves = Serves(problem, event, step);

		/* of distinct times one event each: it can be any of them */
		for (int i = 0; i < problem->count && problem->pattern->distinct_times; i++)
			serves = serves ||
				(problem->events[i].at == problem->events[event].at && Serves(problem, i, step));
		if (!serves || seen[step])
			continue;
		seen[step] = true;
		if (event_of[step] < 0 || FindStep(problem, event_of[step], seen, event_of))
		{
			event_of[step] = event;
			return true;
		}
	}
	return false;
}

/* Find which events a chain from one event to another takes, the earliest ones, and how many */
static int
EarliestChain(const Problem *problem, int from, int to, int64 *times)
{
	int event_of[MATCH_MAX_STEPS], length = 0;

	for (int step = 0; step < MATCH_MAX_STEPS; step++)
		event_of[step] = -1;
	for (int event = from; event <= to; event++)
	{
		bool seen[MATCH_MAX_STEPS] = {false};

		if (problem->pattern->distinct_times && event > from &&
			problem->events[event].at == problem->events[event - 1].at)
			continue;
		if (FindStep(problem, event, seen, event_of))
			times[length++] = problem->events[event].at;
	}
	return length;
}

/* Find the best chain of steps in any order from every start to every end */
static void
LongInAnyOrder(Problem *problem, int64 from, int64 until)
{
	const MatchPattern *pattern = problem->pattern;
	const MatchEvent *events = problem->events;

	for (int start = 0; start < problem->count; start++)
	{
		int first = start;

		if (!CanStart(problem, start, from, until) ||
			(pattern->first_entry && events[start].at != problem->best.first))
			continue;
		while (first > 0 && events[first - 1].at == events[start].at)
			first--;
		for (int end = start; end < problem->count; end++)
		{
			Match match = {.first = problem->best.first};

			if (pattern->within != MATCH_NO_LIMIT &&
				(Wide) events[end].at - events[start].at > pattern->within)
				break;
			match.depth = EarliestChain(problem, first, end, match.at);
			for (int i = 0; i < match.depth; i++)
				match.taken |= UINT32_C(1) << i;
			if (problem->best.depth == 0 || Better(pattern, &match, &problem->best))
				problem->best = match;
		}
	}
}

/* Find the chain to keep of a longer list */
void
LongMatch(const MatchPattern *pattern, const MatchEvent *events, int64 count, int64 entered_from,
		  int64 entered_until, Match *match)
{
	Problem problem;

	memset(&problem, 0, sizeof(problem));
	problem.pattern = pattern;
	problem.events = events;
	problem.count = (int) count;
	for (int event = (int) count - 1; event >= 0; event--)
	{
		if (CanStart(&problem, event, entered_from, entered_until))
			problem.best.first = events[event].at;
	}
	if (pattern->any_order)
		LongInAnyOrder(&problem, entered_from, entered_until);
	else
		LongInOrder(&problem, entered_from, entered_until);
	*match = problem.best;
}

/* Tell whether two answers are the same in all that is defined */
bool
SameMatch(const Match *a, const Match *b)
{
	if (a->depth != b->depth || a->taken != b->taken)
		return false;
	for (int step = 0; step < a->depth; step++)
	{
		if (((a->taken >> step) & 1) && a->at[step] != b->at[step])
			return false;
	}
	return a->depth == 0 || a->first == b->first;
}
