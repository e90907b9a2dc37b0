/*
 * match_runs.c
 *		Takes the events of one actor apart into attempts at all steps of a pattern.
 *
 * An event is passed a bounded number of times: on the way to the first
 * completion, on the way back to the earliest start of a chain that completes
 * then, and in the unfinished attempts before that start.
 */
#include "matcher.h"

/* Return the time so much later than another, or the last one there is */
static int64
TimeAfter(int64 at, uint64 span)
{
	return (MatchSpan(PG_INT64_MAX, at) <= span) ? PG_INT64_MAX : (int64) ((uint64) at + span);
}

/* Return the time so much earlier than another, or the first one there is */
static int64
TimeBefore(int64 at, uint64 span)
{
	return (MatchSpan(at, PG_INT64_MIN) <= span) ? PG_INT64_MIN : (int64) ((uint64) at - span);
}

/* Return the first event after a time */
static const MatchEvent *
FirstAfter(const MatchEvent *event, const MatchEvent *end, int64 at)
{
	return (at == PG_INT64_MAX) ? end : MatchFirstFrom(event, end, at + 1);
}

/* Tell whether one of some events can start a chain */
static bool
CanStart(const Matcher *matcher, const MatchEvent *event, const MatchEvent *end)
{
	uint32 entry = matcher->pattern.any_order ? PG_UINT32_MAX : STEP_BIT(0);

	while (event < end && !(matcher->pattern.class[event->code].serves & entry))
		event++;
	return event < end;
}

/* Return the first of the events at the instant of the first one that can start a chain, or end */
static const MatchEvent *
FirstStart(const Matcher *matcher, const MatchEvent *begin, const MatchEvent *end)
{
	uint32 entry = matcher->pattern.any_order ? PG_UINT32_MAX : STEP_BIT(0);
	const MatchEvent *event = begin;

	while (event < end && !(matcher->pattern.class[event->code].serves & entry))
		event++;
	if (event == end)
		return end;
	while (event > begin && event[-1].at == event->at)
		event--;
	return event;
}

/* Find when a chain that starts with some event first takes the last step; false: none does */
static bool
FindCompletion(Matcher *matcher, const MatchEvent *event, const MatchEvent *end, int64 *at)
{
	const MatchPattern *pattern = &matcher->pattern;
	const MatchEvent *closing = end;

	event = FirstStart(matcher, event, end);
	if (event == end)
		return false;
	if (pattern->first_entry)
	{
		closing = FirstAfter(event, end, event->at);
		end = FirstAfter(closing, end, TimeAfter(event->at, matcher->within));
	}
	if (pattern->any_order)
	{
		Match match;

		match.depth = 0;
		match.first = event->at;
		MatchAnyOrder(matcher, event, closing, end, &match);
		if (match.depth < pattern->steps)
			return false;
		*at = match.at[match.depth - 1];
		return true;
	}
	matcher->depth = 0;
	matcher->waiting = STEP_BIT(0);
	MatchScan(matcher, event, closing);
	matcher->waiting &= ~STEP_BIT(0);
	MatchScan(matcher, closing, end);
	*at = matcher->kept_last;
	return matcher->depth == pattern->steps;
}

/* Find the next completed attempt */
static void
FindCompleted(MatchRuns *runs)
{
	Matcher *matcher = runs->matcher;

	runs->is_known = true;
	runs->start = runs->end;
	if (!FindCompletion(matcher, runs->next, runs->end, &runs->completed_at))
		return;
	if (matcher->pattern.any_order)
		/* of a chain that starts later, some event gives way to this one */
		runs->start = FirstStart(matcher,
								 MatchFirstFrom(runs->next, runs->end,
												TimeBefore(runs->completed_at, matcher->within)),
								 runs->end);
	else
		runs->start = MatchEarliestStart(matcher, runs->next);
}

/* Return until when a chain that started at a time may go on */
static int64
AliveUntil(const Matcher *matcher, int64 started_at)
{
	int64 until = PG_INT64_MIN;

	for (uint32 left = matcher->waiting & FIRST_STEPS(matcher->pattern.steps); left != 0;
		 left &= left - 1)
	{
		int step = pg_rightmost_one_pos32(left);

		until = Max(until, TimeAfter(matcher->last[step], matcher->limit[step]));
	}
	return Min(until, TimeAfter(started_at, matcher->within));
}

/* Follow the chains that start at an instant, none of which completes, and go past the attempt */
static void
FollowInOrder(MatchRuns *runs, const MatchEvent *event, MatchRun *run)
{
	Matcher *matcher = runs->matcher;
	int64 groups = 0;

	matcher->depth = 0;
	matcher->waiting = STEP_BIT(0);
	event = MatchScanGroup(matcher, event, runs->start);
	matcher->waiting &= ~STEP_BIT(0);
	run->until = AliveUntil(matcher, run->started_at);
	while (event < runs->start && event->at <= run->until)
	{
		const MatchEvent *group = event;

		if (++groups % MATCH_CHUNK == 0)
			CHECK_FOR_INTERRUPTS();
		event = MatchScanGroup(matcher, event, runs->start);
		run->until = AliveUntil(matcher, run->started_at);
		if (run->until >= group->at)
			continue;

		/* what broke the last chain belongs to it, unless it starts another one */
		run->until = group->at;
		if (CanStart(matcher, group, event))
		{
			run->until--;
			event = group;
		}
		break;
	}
	run->depth = matcher->depth;
	runs->next = event;
}

/* Count the steps done within reach of a start, in any order, and go past the attempt */
static void
FollowInAnyOrder(MatchRuns *runs, const MatchEvent *event, MatchRun *run)
{
	Matcher *matcher = runs->matcher;
	Match match;

	run->until = TimeAfter(run->started_at, matcher->within);
	runs->next = FirstAfter(event, runs->start, run->until);
	match.depth = 0;
	match.first = event->at;
	MatchAnyOrder(matcher, event, runs->next, runs->next, &match);
	run->depth = match.depth;
}

/* Begin to go through the attempts of an actor, whose events must stay where they are */
void
MatchRunsBegin(MatchRuns *runs, Matcher *matcher, const MatchEvent *events, int64 count)
{
	runs->matcher = matcher;
	runs->next = events;
	runs->end = events + count;
	runs->start = runs->end;
	runs->is_known = false;
}

/* Find the next attempt; false when there are no more */
bool
MatchRunsNext(MatchRuns *runs, MatchRun *run)
{
	Matcher *matcher = runs->matcher;
	const MatchEvent *event = FirstStart(matcher, runs->next, runs->end);

	CHECK_FOR_INTERRUPTS();
	if (event == runs->end)
		return false;
	if (!runs->is_known)
		FindCompleted(runs);
	run->started_at = event->at;
	run->completed = (event == runs->start);
	if (run->completed)
	{
		run->depth = matcher->pattern.steps;
		run->until = runs->completed_at;
		runs->next = FirstAfter(event, runs->end, run->until);
		runs->is_known = false;
	}
	else
	{
		if (matcher->pattern.any_order)
			FollowInAnyOrder(runs, event, run);
		else
			FollowInOrder(runs, event, run);
		if (runs->start < runs->end)
			run->until = Min(run->until, runs->start->at - 1);
	}
	if (matcher->pattern.first_entry)
		runs->next = runs->end;
	return true;
}

/* Count the events that take the only step there is, each of them a match, also at one instant */
static int64
CountSingles(const Matcher *matcher, const MatchEvent *event, const MatchEvent *end)
{
	int64 matches = 0;

	for (int64 i = 0; i < end - event; i++)
	{
		if (i % MATCH_CHUNK == 0)
			CHECK_FOR_INTERRUPTS();
		if (matcher->pattern.class[event[i].code].serves & STEP_BIT(0))
			matches++;
	}
	return matches;
}

/* Count the attempts that complete, or the events that take a single step */
int64
MatchCount(Matcher *matcher, const MatchEvent *events, int64 count)
{
	const MatchEvent *event = events, *end = events + count;
	int64 matches = 0, at;

	if (matcher->pattern.steps == 1 && !matcher->pattern.first_entry)
		return CountSingles(matcher, event, end);
	while (FindCompletion(matcher, event, end, &at))
	{
		CHECK_FOR_INTERRUPTS();
		matches++;
		if (matcher->pattern.first_entry)
			break;
		event = FirstAfter(event, end, at);
	}
	return matches;
}
