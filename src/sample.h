/*
 * sample.h
 *		sample_summary: number, sum, squared deviations and range of measured values.
 */
#ifndef CXUX_SAMPLE_H
#define CXUX_SAMPLE_H

#include "postgres.h"

#include "fmgr.h"

#include "statistics.h"
#include "tally.h"

#define SAMPLE_VERSION 1

/* minimum and maximum are not known: the summary was made of published numbers */
#define SAMPLE_NO_RANGE 2

/* sums of a weight, which is kept elsewhere, and a value */
typedef struct WeightedSums
{
	double sum;     /* of weight times value */
	double squares; /* of weight times the squared deviation from the weighted mean */
} WeightedSums;

/*
 * A fixed-length type; what is not used is zero, so that bytes compare.
 *
 * The error of a weighted mean needs the sum of w^2 (x - mean)^2, where the mean is known at the
 * end only: "by_square" holds the same sums with squared weights, from which it follows.  They
 * are kept once some weight differs from one.
 */
typedef struct SampleSummary
{
	uint8 version;
	uint8 flags;
	uint8 unused[6];
	int64 count;
	int64 excess;
	int128 square;
	double minimum;
	double maximum;
	WeightedSums by_weight;
	WeightedSums by_square;
	int64 reserved[5];
} SampleSummary;

extern SampleSummary *SampleGetArg(FunctionCallInfo fcinfo, int arg);
extern char *SampleToText(const SampleSummary *sample);
extern Moments SampleMoments(const SampleSummary *sample);

/* View the number of values and their weights */
static inline Tally
SampleTally(const SampleSummary *sample)
{
	static const char *const names[] = {"n"};
	SampleSummary *mutable = unconstify(SampleSummary *, sample);
	Tally tally = {1, names, 0, &mutable->count, &mutable->excess, &mutable->square};

	return tally;
}

#endif /* CXUX_SAMPLE_H */
