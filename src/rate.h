/*
 * rate.h
 *		rate_summary: successes, failures and what is not decided yet.
 */
#ifndef CXUX_RATE_H
#define CXUX_RATE_H

#include "postgres.h"

#include "fmgr.h"

#include "chart.h"
#include "statistics.h"
#include "surface.h"
#include "tally.h"

#define RATE_VERSION 1

typedef enum RateClass
{
	RATE_SUCCESS,
	RATE_FAILURE,
	RATE_UNDECIDED
} RateClass;

#define RATE_CLASSES (RATE_UNDECIDED + 1)

/* the classes that the share is made of */
#define RATE_DECIDED (RATE_FAILURE + 1)

/* A fixed-length type; what is not used is zero, so that bytes compare */
typedef struct RateSummary
{
	uint8 version;
	uint8 unused[7];
	int64 count[RATE_CLASSES];
	int64 excess[RATE_CLASSES];
	int128 square[RATE_CLASSES];
	int64 reserved[3];
} RateSummary;

extern const char *const RateClassNames[];

extern RateSummary *RateGetArg(FunctionCallInfo fcinfo, int arg);
extern RateSummary *RateCreate(void);
extern RateSummary *RateOfCounts(int64 successes, int64 failures, int64 undecided);
extern char *RateToText(const RateSummary *rate);
extern Moments RateMoments(const RateSummary *rate);
extern Proportion RateProportion(const RateSummary *rate);

/* rate_ask.c: also for what is a share by another name */

extern const Choice rate_interval_methods[];
extern const Choice rate_compare_methods[];
extern Estimate RateEstimate(const RateSummary *rate, double confidence, const Choice *method);
extern Chart RateChart(const RateSummary *rate);

/* View the classes of a summary */
static inline Tally
RateTally(const RateSummary *rate)
{
	RateSummary *mutable = unconstify(RateSummary *, rate);
	Tally tally = {RATE_CLASSES,   RateClassNames,  0,
				   mutable->count, mutable->excess, mutable->square};

	return tally;
}

#endif /* CXUX_RATE_H */
