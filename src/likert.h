/*
 * likert.h
 *		likert_summary: the histogram of answers on a closed scale.
 */
#ifndef CXUX_LIKERT_H
#define CXUX_LIKERT_H

#include "postgres.h"

#include "fmgr.h"

#include "statistics.h"
#include "tally.h"

#define LIKERT_VERSION 1

/*
 * A varlena that is never packed or toasted.
 *
 * "data" holds a count per point, and, with TALLY_WEIGHTED, after them the
 * excess and then the squares of a Tally.  Stored values have weights only
 * where some answer weighs other than one.  Without a scale (low = high = 0)
 * there are no points: what an aggregate starts from.
 */
typedef struct LikertSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 flags;
	int16 low;
	int16 high;
	uint16 unused;
	uint32 unused2;
	int64 data[FLEXIBLE_ARRAY_MEMBER];
} LikertSummary;

extern LikertSummary *LikertGetArg(FunctionCallInfo fcinfo, int arg);
extern char *LikertToText(const LikertSummary *likert);
extern Moments LikertMoments(const LikertSummary *likert);
extern void LikertCheckAlike(const LikertSummary *a, const LikertSummary *b);

/* Return how many points the scale has */
static inline int
LikertPoints(const LikertSummary *likert)
{
	return (likert->high > likert->low) ? likert->high - likert->low + 1 : 0;
}

/* View the points of a summary */
static inline Tally
LikertTally(const LikertSummary *likert)
{
	LikertSummary *mutable = unconstify(LikertSummary *, likert);
	int points = LikertPoints(likert);
	Tally tally = {points, NULL, likert->low, mutable->data, NULL, NULL};

	if (likert->flags & TALLY_WEIGHTED)
	{
		tally.excess = mutable->data + points;
		tally.square = (int128 *) (mutable->data + 2 * points);
	}
	return tally;
}

#endif /* CXUX_LIKERT_H */
