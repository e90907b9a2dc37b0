/*
 * match.h
 *		Matches the events of one actor against a compiled pattern: no SQL, no names.
 */
#ifndef CXUX_MATCH_H
#define CXUX_MATCH_H

#include "postgres.h"

/* so many steps fit the bits of a word */
#define MATCH_MAX_STEPS 32

/* a span of time without limit, in microseconds */
#define MATCH_NO_LIMIT PG_INT64_MAX

/* how a step follows the one before it in the chain */
typedef enum MatchLink
{
	MATCH_LATER,  /* anything may come between */
	MATCH_NEXT,   /* no event at all lies between */
	MATCH_WITHOUT /* no event of a set lies between */
} MatchLink;

typedef struct MatchStep
{
	MatchLink link; /* of the first step it means nothing, nor does the limit */
	bool optional;  /* left out together with link and limit; never the first or last step */
	int64 limit;    /* at most so long after the step before it in the chain, in microseconds */
} MatchStep;

/* what an event can do, bits from the first step up */
typedef struct MatchClass
{
	uint32 serves; /* these steps */
	uint32 breaks; /* the MATCH_WITHOUT links into these steps, when it lies between */
} MatchClass;

typedef struct MatchPattern
{
	int steps;
	bool any_order;      /* steps have no links, limits or optional ones then */
	bool distinct_times; /* each step strictly later than the one before */
	bool first_entry;    /* a chain starts at the time of the first event that can start one */
	int64 within;        /* from the first to the last event of a chain, inclusive */
	MatchStep step[MATCH_MAX_STEPS];
	int classes;
	const MatchClass *class; /* by the code of an event */
} MatchPattern;

/* an event: codes of no use to the pattern may be left out, but for MATCH_NEXT any one counts */
typedef struct MatchEvent
{
	int64 at;
	int32 code;
} MatchEvent;

/*
 * The chain that is kept: the greatest depth, reached first, started last,
 * with the most optional steps; then, step by step, the earliest times, where
 * an optional step taken comes before the same step left out.
 */
typedef struct Match
{
	int depth;    /* the last step reached, counted from one; any order: steps done; 0: none */
	uint32 taken; /* bits of the steps in the chain; any order: the lowest "depth" bits */
	int64 first;  /* first event that could start a chain; set when depth > 0 */
	int64 at[MATCH_MAX_STEPS]; /* of the steps taken, the others are not set; any order: of the
								* first done, the second done ... */
} Match;

/* a pattern made ready once for many actors, and work space that grows with the events of one */
typedef struct Matcher Matcher;

/* Make a pattern, which is copied, ready in the current memory context */
extern Matcher *MatcherCreate(const MatchPattern *pattern);

/*
 * Find the chain to keep.  Events come sorted by time, those of the same
 * instant in any order; chains start from "entered_from" to before
 * "entered_until", without limits for PG_INT64_MIN and PG_INT64_MAX.
 */
extern void MatchEvents(Matcher *matcher, const MatchEvent *events, int64 count, int64 entered_from,
						int64 entered_until, Match *match);

/*
 * An attempt at all steps.
 *
 * A completed one goes from the earliest start of the chains that complete
 * first to where they do.  Between completed ones an attempt starts with each
 * event that can start a chain and lies in no other attempt, and goes on until
 * no chain from there can, which it includes, or the next completed one starts.
 * Events at one instant belong to the same attempt.
 */
typedef struct MatchRun
{
	int64 started_at;
	int64 until; /* no event after this time belongs to it; of a completed one, its end */
	int depth;   /* the last step that a chain from its start reached */
	bool completed;
} MatchRun;

/* goes through the attempts of one actor */
typedef struct MatchRuns
{
	Matcher *matcher;
	const MatchEvent *next; /* after the attempt before */
	const MatchEvent *end;
	const MatchEvent *start; /* of the next completed attempt, or "end" */
	int64 completed_at;
	bool is_known; /* whether there is one */
} MatchRuns;

extern void MatchRunsBegin(MatchRuns *runs, Matcher *matcher, const MatchEvent *events,
						   int64 count);
extern bool MatchRunsNext(MatchRuns *runs, MatchRun *run);

/* Count the attempts that complete */
extern int64 MatchCount(Matcher *matcher, const MatchEvent *events, int64 count);

#endif /* CXUX_MATCH_H */
