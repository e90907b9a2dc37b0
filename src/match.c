/*
 * match.c
 *		Finds how deep the events of one actor follow a pattern, in one pass.
 *
 * Of the chains that wait for a step one is enough, see matcher.h, so that an
 * event costs no more than the steps it serves.
 */
#include "matcher.h"

/* rows of the first work space */
#define FIRST_ROWS 64

/* Make a pattern ready */
Matcher *
MatcherCreate(const MatchPattern *pattern)
{
	Matcher *matcher = palloc0(sizeof(Matcher));
	MatchClass *class = palloc(Max(pattern->classes, 1) * sizeof(MatchClass));
	uint32 breakable = 0;

	Assert(pattern->steps >= 1 && pattern->steps <= MATCH_MAX_STEPS && pattern->within >= 0);
	matcher->pattern = *pattern;
	matcher->pattern.class = class;
	matcher->within = (pattern->within == MATCH_NO_LIMIT) ? ANY_SPAN : (uint64) pattern->within;
	matcher->limit[0] = ANY_SPAN;
	matcher->plain = true;
	for (int i = 1; i < pattern->steps && !pattern->any_order; i++)
	{
		const MatchStep *step = &pattern->step[i];

		Assert(step->limit >= 0 && !(step->optional && i == pattern->steps - 1));
		if (step->optional)
			matcher->optional |= STEP_BIT(i);
		if (step->link == MATCH_NEXT)
			matcher->next |= STEP_BIT(i);
		if (step->link == MATCH_WITHOUT)
			breakable |= STEP_BIT(i);
		matcher->limit[i] = (step->limit == MATCH_NO_LIMIT) ? ANY_SPAN : (uint64) step->limit;
		if (step->optional || step->link != MATCH_LATER || step->limit != MATCH_NO_LIMIT)
			matcher->plain = false;
	}
	for (int i = 0; i < pattern->classes; i++)
	{
		class[i].serves = pattern->class[i].serves & FIRST_STEPS(pattern->steps);
		class[i].breaks = pattern->class[i].breaks & breakable;
	}
	PairingCreate(&matcher->pairing, &matcher->pattern);
	if (!matcher->plain)
	{
		matcher->room = FIRST_ROWS;
		matcher->row_event = palloc(FIRST_ROWS * sizeof(MatchEvent *));
		matcher->row_value = palloc(FIRST_ROWS * 2 * pattern->steps);
	}
	return matcher;
}

/* Return the first event that lies more than a span after a time */
static const MatchEvent *
FirstBeyond(const MatchEvent *event, const MatchEvent *end, int64 at, uint64 span)
{
	if (MatchSpan(PG_INT64_MAX, at) <= span)
		return end;
	return MatchFirstFrom(event, end, (int64) ((uint64) at + span + 1));
}

/* Keep a chain that got deeper than those before */
static inline void
KeepChain(Matcher *matcher, int depth, int64 start, int64 last, const MatchEvent *end)
{
	matcher->depth = depth;
	matcher->kept_start = start;
	matcher->kept_last = last;
	matcher->kept_end = end;
}

/* Let the start of chains that took a step be at least so late */
static inline void
RaiseStart(int64 *start, uint32 *reached, int step, int64 value)
{
	if (!(*reached & STEP_BIT(step)) || start[step] < value)
		start[step] = value;
	*reached |= STEP_BIT(step);
}

/* Find the steps that chains reach in a group of events which serve one step each */
static uint32
ReachInOrder(const Matcher *matcher, const MatchGroup *group, uint32 entered, int64 *start)
{
	uint32 reached = 0;
	bool carrying = false;
	int64 carried = 0; /* latest start of the chains that can take the step within the group */

	for (int step = pg_rightmost_one_pos32(entered); step < matcher->pattern.steps; step++)
	{
		if (group->serves & STEP_BIT(step))
		{
			if (entered & STEP_BIT(step))
				RaiseStart(start, &reached, step, matcher->start[step]);
			if (carrying)
				RaiseStart(start, &reached, step, carried);
		}
		if (!(matcher->optional & STEP_BIT(step)))
			carrying = false;
		if (reached & STEP_BIT(step))
		{
			carried = carrying ? Max(carried, start[step]) : start[step];
			carrying = true;
		}
	}
	return reached;
}

/* Find the steps that chains reach in a group of events which serve several steps each */
static uint32
ReachByPairing(Matcher *matcher, const MatchGroup *group, uint32 entered, int64 *start)
{
	Pairing *pairing = &matcher->pairing;
	uint32 reached = 0;

	PairingFill(pairing, &matcher->pattern, group);
	for (uint32 left = entered; left != 0; left &= left - 1)
	{
		int entry = pg_rightmost_one_pos32(left);

		PairingClear(pairing);
		PairStep(pairing, entry);
		RaiseStart(start, &reached, entry, matcher->start[entry]);
		for (int step = entry + 1; step < matcher->pattern.steps; step++)
		{
			bool optional = (matcher->optional & STEP_BIT(step)) != 0;

			if ((group->serves & STEP_BIT(step)) && PairStep(pairing, step))
			{
				RaiseStart(start, &reached, step, matcher->start[entry]);
				if (optional)
					UnpairStep(pairing, step);
			}
			else if (!optional)
				break;
		}
	}
	return reached;
}

/* Let chains that took steps at a time wait for those that may come next */
static void
WaitForNext(Matcher *matcher, uint32 reached, const int64 *start, int64 at)
{
	bool carrying = false;
	int64 carried = 0; /* latest start of the chains that can take the step after this one */

	if (matcher->optional == 0)
	{
		for (uint32 left = reached; left != 0; left &= left - 1)
		{
			int step = pg_rightmost_one_pos32(left);

			matcher->start[step + 1] = start[step];
			matcher->last[step + 1] = at;
		}
		matcher->waiting |= reached << 1;
		return;
	}

	for (int step = pg_rightmost_one_pos32(reached); step + 1 < matcher->pattern.steps; step++)
	{
		if (!(matcher->optional & STEP_BIT(step)))
			carrying = false;
		if (reached & STEP_BIT(step))
		{
			carried = carrying ? Max(carried, start[step]) : start[step];
			carrying = true;
		}
		if (carrying)
		{
			matcher->start[step + 1] = carried;
			matcher->last[step + 1] = at;
			matcher->waiting |= STEP_BIT(step + 1);
		}
	}
}

/* Take the group that starts at an event, and return the event after it */
static inline const MatchEvent *
ScanGroup(Matcher *matcher, const MatchEvent *event, const MatchEvent *end)
{
	MatchGroup group;
	int64 start[MATCH_MAX_STEPS];
	uint32 entered = 0, reached = 0;

	event = MatchReadGroup(matcher, event, end, &group);
	matcher->start[0] = matcher->last[0] = group.at;
	for (uint32 left = group.serves & matcher->waiting; left != 0; left &= left - 1)
	{
		int step = pg_rightmost_one_pos32(left);

		if (MatchSpan(group.at, matcher->last[step]) <= matcher->limit[step] &&
			MatchSpan(group.at, matcher->start[step]) <= matcher->within)
		{
			entered |= STEP_BIT(step);
			start[step] = matcher->start[step];
		}
	}
	if (entered == 0 || !MatchTakesSeveral(matcher, &group))
		reached = entered;
	else if (!group.overlap)
		reached = ReachInOrder(matcher, &group, entered, start);
	else
		reached = ReachByPairing(matcher, &group, entered, start);

	/* this group lies between the chains that wait by now and events to come */
	matcher->waiting &= ~(matcher->next | group.breaks);
	if (reached != 0)
	{
		int step = pg_leftmost_one_pos32(reached);

		WaitForNext(matcher, reached, start, group.at);
		if (step >= matcher->depth)
			KeepChain(matcher, step + 1, start[step], group.at, event);
	}
	return event;
}

/*
 * Take events where the pattern has no optional steps, links or limits.
 *
 * A chain that ran out of time goes on waiting: what is made from it is out
 * of time, too, so that only a chain to be kept has to be looked at.
 */
static void
ScanPlain(Matcher *matcher, const MatchEvent *event, const MatchEvent *end)
{
	const MatchClass *class = matcher->pattern.class;
	int64 *start = matcher->start;
	uint32 waiting = matcher->waiting;
	int depth = matcher->depth;

	while (event < end && depth < matcher->pattern.steps)
	{
		int64 at = event->at;
		uint32 left = class[event->code].serves & waiting;

		if (event + 1 < end && unlikely(event[1].at == at))
		{
			matcher->waiting = waiting;
			event = ScanGroup(matcher, event, end);
			waiting = matcher->waiting;
			depth = matcher->depth;
			continue;
		}
		event++;
		start[0] = at;
		while (left != 0)
		{
			/* from the last step to the first, as an event serves one step of a chain */
			int step = pg_leftmost_one_pos32(left);

			left ^= STEP_BIT(step);
			start[step + 1] = start[step];
			waiting |= STEP_BIT(step) << 1;
			if (step >= depth && MatchSpan(at, start[step]) <= matcher->within)
			{
				depth = step + 1;
				KeepChain(matcher, depth, start[step], at, event);
			}
		}
	}
	matcher->waiting = waiting;
}

/* Take the group that starts at an event, and return the event after it */
const MatchEvent *
MatchScanGroup(Matcher *matcher, const MatchEvent *event, const MatchEvent *end)
{
	return ScanGroup(matcher, event, end);
}

/* Take events until there are no more or the last step is reached */
void
MatchScan(Matcher *matcher, const MatchEvent *event, const MatchEvent *end)
{
	while (event < end && matcher->depth < matcher->pattern.steps)
	{
		const MatchEvent *until = end;

		if (end - event > MATCH_CHUNK)
		{
			CHECK_FOR_INTERRUPTS();
			for (until = event + MATCH_CHUNK; until < end && until->at == until[-1].at;)
				until++;
		}
		if (matcher->plain)
		{
			ScanPlain(matcher, event, until);
			event = until;
			continue;
		}
		while (event < until && matcher->depth < matcher->pattern.steps)
			event = ScanGroup(matcher, event, until);
	}
}

/* Find the chain to keep */
void
MatchEvents(Matcher *matcher, const MatchEvent *events, int64 count, int64 entered_from,
			int64 entered_until, Match *match)
{
	const MatchPattern *pattern = &matcher->pattern;
	const MatchEvent *event = events, *end = events + count, *closing = end;
	uint32 entry = pattern->any_order ? PG_UINT32_MAX : STEP_BIT(0);

	match->depth = 0;
	match->taken = 0;

	if (entered_from != PG_INT64_MIN)
		event = MatchFirstFrom(event, end, entered_from);
	while (event < end && !(pattern->class[event->code].serves & entry))
		event++;
	if (event == end || (event->at >= entered_until && entered_until != PG_INT64_MAX))
		return;
	match->first = event->at;
	while (event > events && event[-1].at == match->first)
		event--;

	/* no chain starts from "closing" on */
	if (pattern->first_entry)
	{
		closing = FirstBeyond(event, end, match->first, 0);
		end = FirstBeyond(closing, end, match->first, matcher->within);
	}
	else if (entered_until != PG_INT64_MAX)
	{
		closing = MatchFirstFrom(event, end, entered_until);
		end = FirstBeyond(closing, end, entered_until - 1, matcher->within);
	}

	if (pattern->any_order)
	{
		MatchAnyOrder(matcher, event, closing, end, match);
		return;
	}
	matcher->depth = 0;
	matcher->waiting = STEP_BIT(0);
	MatchScan(matcher, event, closing);
	matcher->waiting &= ~STEP_BIT(0);
	MatchScan(matcher, closing, end);
	MatchTrace(matcher, event, match);
}
