/*
 * timing.h
 *		timing_summary: durations, finished or still running.
 */
#ifndef CXUX_TIMING_H
#define CXUX_TIMING_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/nodes.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "chart.h"
#include "compat.h"
#include "log_time.h"
#include "packed_counts.h"
#include "statistics.h"
#include "surface.h"
#include "tally.h"

#define TIMING_VERSION 1
#define TIMING_TYPE "timing_summary"

/* a duration is a whole number of nanoseconds below 2^63 */
#define SECOND_DECIMALS 9
#define NANOSECONDS 1e9
#define DURATION_END 9223372036854775808.0

/* from 2^52 doubles hold no fractions */
#define DURATION_WHOLE 4503599627370496.0

typedef enum TimingKind
{
	TIMING_FINISHED,
	TIMING_UNFINISHED
} TimingKind;

#define TIMING_KINDS (TIMING_UNFINISHED + 1)

/* so many durations a summary lists; of more it counts them by buckets */
#define TIMING_MAX_LISTED 64

/* so many durations of a kind that no sum overflows */
#define TIMING_MAX_COUNT (INT64CONST(1) << 42)

/* a bucket spans 0.02 in logarithms, so that the middle of its ends is off by 1 % at most */
#define TIMING_BUCKET_WIDTH (LOG_TIME_UNIT / 50)
#define TIMING_BUCKETS ((int) (LOG_TIME_MAX / TIMING_BUCKET_WIDTH) + 1)

/* The forms of a summary: the working ones are an aggregate's, the others are stored */
typedef enum TimingForm
{
	TIMING_LISTED,     /* the durations, in order */
	TIMING_PACKED,     /* a TimingSketch with packed counts */
	TIMING_COLLECTING, /* working: the durations in any order, with room for more */
	TIMING_COUNTING    /* working: a TimingSketch with a slot per bucket, and room for more */
} TimingForm;

/*
 * A varlena.
 *
 * "data" holds the listed durations, an unfinished one as -1 - duration and after all finished
 * ones, or a TimingSketch.  Which of the two is decided by how many durations there are, and by
 * nothing else, so that equal contents have equal stored bytes.
 */
typedef struct TimingSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 form;
	uint16 listed; /* 0 in a sketch */
	int64 data[FLEXIBLE_ARRAY_MEMBER];
} TimingSummary;

/* Integers only, so that sums do not depend on the order of the rows */
typedef struct TimingTotals
{
	int64 count[TIMING_KINDS];
	int64 zeros[TIMING_KINDS]; /* those of no length among them; the rest is in buckets */
	int64 minimum;             /* of the finished ones of some length; 0 when there are none */
	int64 maximum;
	int128 sum;
	int128 log_sum;    /* in units of LogTimeFixed */
	int128 log_square; /* in such units squared */
} TimingTotals;

typedef struct TimingSketch
{
	TimingTotals totals;
	uint16 first[TIMING_KINDS];   /* bucket of the first slot; 0 when packed */
	uint16 buckets[TIMING_KINDS]; /* buckets that have a slot, or, when packed, a count */
	int64 slots[FLEXIBLE_ARRAY_MEMBER];
} TimingSketch;

/* the counts of one kind in the order of their buckets */
typedef struct TimingBuckets
{
	int length;
	BucketCount *counts;
} TimingBuckets;

/* a bar of a histogram, in seconds */
typedef struct TimingBar
{
	double low;
	double high;
	int64 durations;
} TimingBar;

/* timing_state.c */

pg_noreturn extern void DurationCountOverflow(void);
extern TimingSummary *TimingCreate(void);
extern TimingSummary *TimingWorking(const TimingSummary *timing);
extern TimingSummary *TimingAdd(TimingSummary *timing, TimingKind kind, int64 duration);
extern TimingSummary *TimingMerge(TimingSummary *into, const TimingSummary *from);
extern TimingSummary *TimingPack(const TimingSummary *timing);
extern void TimingKeepAdd(TimingSummary **place, MemoryContext context, TimingKind kind,
						  int64 duration);
extern void TimingKeepMerge(TimingSummary **place, MemoryContext context,
							const TimingSummary *from);
extern int64 TimingFinishedCount(const TimingSummary *timing);
extern TimingSummary *TimingFromList(const int64 *list, int listed);
extern TimingSummary *TimingFromBuckets(const TimingTotals *totals, const TimingBuckets *buckets);
extern const TimingSummary *TimingAsSketch(const TimingSummary *timing);
extern void TimingReadBuckets(const TimingSummary *timing, TimingBuckets *buckets);
extern bool TimingLogDeviation(const TimingTotals *totals, double *deviation);
extern bool RefuseTiming(Node *escontext, const char *detail);
extern bool CheckTimingList(const int64 *list, int listed, Node *escontext);
extern bool CheckTimingSketch(const TimingTotals *totals, const TimingBuckets *buckets,
							  Node *escontext);

/* timing.c */

pg_noreturn extern void DurationOutOfRange(const char *duration);
extern TimingSummary *TimingGetArg(FunctionCallInfo fcinfo, int arg);
extern int64 IntervalToDuration(Interval *interval);
extern TimingSummary *TimingFromText(const char *text, Node *escontext);
extern char *TimingToText(const TimingSummary *timing);
extern Datum timing_recv(PG_FUNCTION_ARGS);
extern Datum timing_send(PG_FUNCTION_ARGS);

/* timing_ask.c */

extern const TimingTotals *TimingTotalsOf(const TimingSummary *timing);
extern Mean TimingLogMean(const TimingSummary *timing);
extern Estimate TimingEstimate(const TimingSummary *timing, double confidence,
							   const Choice *method);
extern SurvivalTimes TimingTimes(const TimingSummary *timing);
extern SurvivalTimes TimingSurvival(const TimingSummary *timing, double confidence);
extern int TimingFillBars(const TimingSummary *timing, int most, TimingBar *bar);
extern double TimingQuantile(const TimingSummary *timing, double q);
extern const Choice timing_interval_methods[];

/* timing_chart.c */

extern void TimingDrawRuler(Picture *picture, const TimingSummary *timing, Chart *chart);
extern Chart TimingChart(const TimingSummary *timing);

/* Tell whether seconds are a duration */
static inline bool
IsDuration(double seconds)
{
	double duration = seconds * NANOSECONDS;

	return duration >= 0.0 && duration < DURATION_END;
}

/* Convert seconds to nanoseconds, rounded to the nearest one */
static inline int64
SecondsToDuration(double seconds)
{
	double duration = seconds * NANOSECONDS;

	if (unlikely(!IsDuration(seconds)))
		DurationOutOfRange(float8out_internal(seconds));
	/* the sum is a whole number, as it is that large */
	if (likely(duration < DURATION_WHOLE))
		duration = (duration + DURATION_WHOLE) - DURATION_WHOLE;
	return (int64) duration;
}

/* Return the bucket of a fixed-point logarithm */
static inline int
TimingBucket(int64 log)
{
	return (int) ((uint64) log / TIMING_BUCKET_WIDTH);
}

/* Return the kind of a listed duration */
static inline TimingKind
ListedKind(int64 listed)
{
	return (listed < 0) ? TIMING_UNFINISHED : TIMING_FINISHED;
}

/* Return the length of a listed duration */
static inline int64
ListedDuration(int64 listed)
{
	return (listed < 0) ? -1 - listed : listed;
}

/* Return the lower end of a bucket, in nanoseconds */
static inline double
TimingBucketEdge(int bucket)
{
	return exp((double) bucket * TIMING_BUCKET_WIDTH / LOG_TIME_UNIT);
}

/* Tell whether a summary lists its durations */
static inline bool
TimingIsListed(const TimingSummary *timing)
{
	return timing->form == TIMING_LISTED || timing->form == TIMING_COLLECTING;
}

/* View the sketch of a summary that has one */
static inline TimingSketch *
TimingSketchOf(const TimingSummary *timing)
{
	return (TimingSketch *) unconstify(TimingSummary *, timing)->data;
}

/* Return the slots of a kind in a working sketch */
static inline int64 *
TimingSlots(TimingSketch *sketch, TimingKind kind)
{
	return sketch->slots + ((kind == TIMING_UNFINISHED) ? sketch->buckets[TIMING_FINISHED] : 0);
}

/* Count a duration of some length in a working sketch; false when its bucket has no slot */
static inline bool
TimingCount(TimingSummary *timing, TimingKind kind, int64 duration)
{
	TimingSketch *sketch = TimingSketchOf(timing);
	TimingTotals *totals = &sketch->totals;
	int64 log = LogTimeFixed(duration);
	unsigned int slot = (unsigned int) (TimingBucket(log) - sketch->first[kind]);

	if (unlikely(slot >= sketch->buckets[kind]))
		return false;
	if (unlikely(totals->count[kind] >= TIMING_MAX_COUNT))
		DurationCountOverflow();
	totals->count[kind]++;
	TimingSlots(sketch, kind)[slot]++;
	if (kind == TIMING_UNFINISHED)
		return true;
	totals->sum += duration;
	totals->log_sum += log;
	totals->log_square += (int128) log * log;
	if (duration < totals->minimum || totals->minimum == 0)
		totals->minimum = duration;
	if (duration > totals->maximum)
		totals->maximum = duration;
	return true;
}

#endif /* CXUX_TIMING_H */
