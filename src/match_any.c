/*
 * match_any.c
 *		Matches steps that may be done in any order.
 *
 * Each step has a seat for one event.  An event that finds no free seat, even
 * if others move, takes the place of the oldest one that can make room.  Then
 * as many seats hold events from any time on as a chain of events from that
 * time on can have steps: the seats are a basis of greatest weight of the
 * transversal matroid of the events, whose weight is their time.
 */
#include "matcher.h"

typedef struct Seats
{
	uint32 taken;
	int64 at[MATCH_MAX_STEPS];
	uint32 serves[MATCH_MAX_STEPS];
} Seats;

/* Seat an event, with "replace" in the place of an older one if need be; true: one more seated */
static bool
SeatEvent(Seats *seats, uint32 serves, int64 at, bool replace)
{
	uint32 reached = serves; /* seats that the event can free by moving others */
	uint32 fresh = serves;   /* those of them whose events were not asked to move yet */
	uint32 open;
	int8 from[MATCH_MAX_STEPS]; /* who moves there */
	int seat;

	while ((open = reached & ~seats->taken) == 0 && fresh != 0)
	{
		uint32 more;

		seat = pg_rightmost_one_pos32(fresh);
		fresh &= fresh - 1;
		more = seats->serves[seat] & ~reached;
		reached |= more;
		fresh |= more;
		for (; more != 0; more &= more - 1)
			from[pg_rightmost_one_pos32(more)] = seat;
	}

	if (open != 0)
		seat = pg_rightmost_one_pos32(open);
	else
	{
		if (!replace || reached == 0)
			return false;
		seat = pg_rightmost_one_pos32(reached);
		for (uint32 left = reached; left != 0; left &= left - 1)
		{
			int other = pg_rightmost_one_pos32(left);

			if (seats->at[other] < seats->at[seat])
				seat = other;
		}
	}

	seats->taken |= STEP_BIT(seat);
	while (!(serves & STEP_BIT(seat)))
	{
		int mover = from[seat];

		seats->at[seat] = seats->at[mover];
		seats->serves[seat] = seats->serves[mover];
		seat = mover;
	}
	seats->at[seat] = at;
	seats->serves[seat] = serves;
	return open != 0;
}

/* Free the seats of events that lie too far back, and return how many are taken */
static int
FreeSeats(Seats *seats, int64 at, uint64 within)
{
	for (uint32 left = seats->taken; left != 0; left &= left - 1)
	{
		int seat = pg_rightmost_one_pos32(left);

		if (MatchSpan(at, seats->at[seat]) > within)
			seats->taken &= ~STEP_BIT(seat);
	}
	return pg_popcount32(seats->taken);
}

/* Return the time of the oldest event seated */
static int64
OldestSeated(const Seats *seats)
{
	int64 oldest = PG_INT64_MAX;

	for (uint32 left = seats->taken; left != 0; left &= left - 1)
		oldest = Min(oldest, seats->at[pg_rightmost_one_pos32(left)]);
	return oldest;
}

/* Find the times of the chain: from its start on, each event that lets it have one step more */
static void
TraceAnyOrder(const Matcher *matcher, const MatchEvent *event, int64 start, const MatchEvent *end,
			  Match *match)
{
	Seats seats;
	int done = 0;

	seats.taken = 0;
	for (event = MatchFirstFrom(event, end, start); done < match->depth;)
	{
		MatchGroup group;
		const MatchEvent *next;

		CHECK_FOR_INTERRUPTS();
		if (event == end)
			elog(ERROR, "a step of the chain is missing");
		next = MatchReadGroup(matcher, event, end, &group);
		if (matcher->pattern.distinct_times)
		{
			if (SeatEvent(&seats, group.serves, group.at, false))
				match->at[done++] = group.at;
		}
		else
		{
			for (; event < next && done < match->depth; event++)
			{
				if (SeatEvent(&seats, matcher->pattern.class[event->code].serves, group.at, false))
					match->at[done++] = group.at;
			}
		}
		event = next;
	}
}

/* Match steps of which each may come first; chains start before "closing" */
void
MatchAnyOrder(const Matcher *matcher, const MatchEvent *event, const MatchEvent *closing,
			  const MatchEvent *end, Match *match)
{
	const MatchClass *class = matcher->pattern.class;
	const MatchEvent *begin = event, *kept_end = event;
	int64 entry = match->first; /* last time at which a chain could start */
	int64 start = match->first;
	int64 groups = 0;
	Seats seats;

	seats.taken = 0;
	while (event < end && match->depth < matcher->pattern.steps)
	{
		int64 at = event->at;
		MatchGroup group;
		const MatchEvent *next;
		int seated;

		if (++groups % MATCH_CHUNK == 0)
			CHECK_FOR_INTERRUPTS();
		if (event == end)
			elog(ERROR, "a step of the chain is missing");
		next = MatchReadGroup(matcher, event, end, &group);
		if (group.serves == 0)
		{
			event = next;
			continue;
		}
		if (event < closing)
			entry = at;
		else if (MatchSpan(at, entry) > matcher->within)
			break;
		if (matcher->pattern.distinct_times)
			SeatEvent(&seats, group.serves, at, true);
		else
		{
			for (; event < next; event++)
				SeatEvent(&seats, class[event->code].serves, at, true);
		}
		event = next;

		if (pg_popcount32(seats.taken) <= match->depth)
			continue;
		seated = FreeSeats(&seats, at, matcher->within);
		if (seated > match->depth)
		{
			match->depth = seated;
			start = Min(OldestSeated(&seats), entry);
			kept_end = event;
		}
	}
	match->taken = FIRST_STEPS(match->depth);
	TraceAnyOrder(matcher, begin, start, kept_end, match);
}
