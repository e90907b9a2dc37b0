/*
 * matcher.h
 *		What the parts of the matcher share.
 */
#ifndef CXUX_MATCHER_H
#define CXUX_MATCHER_H

#include "match.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#define STEP_BIT(step) ((uint32) 1 << (step))

/* the bits of the first steps, at least one */
#define FIRST_STEPS(steps) (PG_UINT32_MAX >> (MATCH_MAX_STEPS - (steps)))

/* no two times lie farther apart */
#define ANY_SPAN PG_UINT64_MAX

/* interrupts are looked for once in about so many events */
#define MATCH_CHUNK 65536

/* events at one instant */
typedef struct MatchGroup
{
	const MatchEvent *event;
	int64 size;
	int64 at;
	uint32 serves; /* steps that some event serves */
	uint32 breaks; /* links that some event breaks */
	bool overlap;  /* some event serves several steps */
} MatchGroup;

/* events at one instant that serve the same steps, with the steps paired with them */
typedef struct MatchKind
{
	uint32 serves;
	uint32 paired;
	int room; /* events not paired, or more than there are steps to pair */
	int via;  /* while a path is searched: the step it came by */
} MatchKind;

/* pairs steps with different events of one group */
typedef struct Pairing
{
	int *kind_of; /* by code; -1: serves no step */
	int *place;   /* by kind: its place among the kinds of the group, or -1 */
	int64 *room;  /* by place: its events, at most as many as steps */
	int kinds;    /* of the group */
	int free;     /* room of them all */
	MatchKind *kind;
	int *number;                  /* by place: its kind */
	int partner[MATCH_MAX_STEPS]; /* by step paired: place of the kind */
} Pairing;

/* of a group that can lie on the chain to keep, by step: most optional steps from it on, or -1 */
typedef struct TraceRow
{
	const MatchEvent *event; /* first of the group */
	int8 *at;                /* when the step is the first one taken in this group */
	int8 *later;             /* when the step is taken next, after this group */
} TraceRow;

struct Matcher
{
	MatchPattern pattern; /* classes without bits that mean nothing */
	bool plain;           /* no optional steps, links or limits */
	uint32 optional;      /* steps */
	uint32 next;          /* MATCH_NEXT links */
	uint64 within;
	uint64 limit[MATCH_MAX_STEPS];

	/*
	 * By step: of the chains that wait for it, the one that ended last.  One is
	 * enough, as none of the others started later.  For let c have ended before
	 * d and started after it.  d is ahead of c at first and behind in the end, so
	 * some step of d lies after all those of c that come before it in the
	 * pattern, while the step before it in d does not.  c up to there and d from
	 * there on are a chain as well, as its gap lies within that of d: it ends
	 * when d does and started when c did.
	 */
	uint32 waiting;
	int64 start[MATCH_MAX_STEPS + 1];
	int64 last[MATCH_MAX_STEPS + 1];

	/* the chain to keep: the last of its events lies before "kept_end" */
	int depth;
	int64 kept_start;
	int64 kept_last;
	const MatchEvent *kept_end;

	Pairing pairing;

	/* from the last group of the chain to its first */
	int64 rows;
	int64 room;
	const MatchEvent **row_event;
	int8 *row_value;
};

/* Return how much later a time is than one not after it, whatever the two are */
static inline uint64
MatchSpan(int64 at, int64 before)
{
	return (uint64) at - (uint64) before;
}

/* Read the group that starts at an event, and return the event after it */
static inline const MatchEvent *
MatchReadGroup(const Matcher *matcher, const MatchEvent *event, const MatchEvent *end,
			   MatchGroup *group)
{
	const MatchClass *class = matcher->pattern.class;

	group->event = event;
	group->at = event->at;
	group->serves = group->breaks = 0;
	group->overlap = false;
	do
	{
		uint32 serves = class[event->code].serves;

		group->serves |= serves;
		group->breaks |= class[event->code].breaks;
		group->overlap |= ((serves & (serves - 1)) != 0);
		event++;
	} while (event < end && event->at == group->at);
	group->size = event - group->event;
	return event;
}

/* Tell whether a chain can take several steps in a group */
static inline bool
MatchTakesSeveral(const Matcher *matcher, const MatchGroup *group)
{
	return group->size > 1 && !matcher->pattern.distinct_times;
}

/* Return the first event not before a time */
static inline const MatchEvent *
MatchFirstFrom(const MatchEvent *event, const MatchEvent *end, int64 at)
{
	while (event < end)
	{
		const MatchEvent *middle = event + (end - event) / 2;

		if (middle->at < at)
			event = middle + 1;
		else
			end = middle;
	}
	return event;
}

/* Take events until there are no more or the last step is reached; chains must wait already */
extern void MatchScan(Matcher *matcher, const MatchEvent *event, const MatchEvent *end);

/* Take the group that starts at an event, and return the event after it */
extern const MatchEvent *MatchScanGroup(Matcher *matcher, const MatchEvent *event,
										const MatchEvent *end);

/* Find the first event at the earliest start of the chains that end as the one to keep does */
extern const MatchEvent *MatchEarliestStart(Matcher *matcher, const MatchEvent *begin);

/* Find the times of the chain to keep */
extern void MatchTrace(Matcher *matcher, const MatchEvent *event, Match *match);

/* Match steps of which each may come first; chains start before "closing" */
extern void MatchAnyOrder(const Matcher *matcher, const MatchEvent *event,
						  const MatchEvent *closing, const MatchEvent *end, Match *match);

extern void PairingCreate(Pairing *pairing, const MatchPattern *pattern);

/* Take the events of a group, none of them paired */
extern void PairingFill(Pairing *pairing, const MatchPattern *pattern, const MatchGroup *group);

/* Unpair all steps */
extern void PairingClear(Pairing *pairing);

/* Pair one more step; others may change partners, and when it fails nothing changes */
extern bool PairStep(Pairing *pairing, int step);
extern void UnpairStep(Pairing *pairing, int step);

#endif /* CXUX_MATCHER_H */
